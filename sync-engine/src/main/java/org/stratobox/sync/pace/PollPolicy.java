package org.stratobox.sync.pace;

import java.time.Duration;

/// How long to wait before a node is asked for news again; pure.
///
/// @param busy while anything moves
/// @param quiet when nothing moves
/// @param net when the node tells news by itself and asking is only a safety net
public record PollPolicy(Duration busy, Duration quiet, Duration net) {
    /// 2 s, 30 s, 5 min.
    public static final PollPolicy DEFAULT = new PollPolicy(Duration.ofSeconds(2), Duration.ofSeconds(30),
            Duration.ofMinutes(5));
    /// How long after the last move things still count as moving.
    public static final Duration AFTERGLOW = Duration.ofSeconds(30);

    /// What decides.
    ///
    /// @param sinceMove how long ago anything was last sent, received or changed
    /// @param feed whether the node's feed works now
    /// @param power of this computer
    public record Situation(Duration sinceMove, Feed feed, Power power) {}

    /// Whether a node tells news by itself.
    public enum Feed {
        /// It does.
        WORKING,
        /// It does not, or not now.
        SILENT
    }

    /// Checks the bounds.
    public PollPolicy {
        if (!busy.isPositive() || quiet.compareTo(busy) < 0 || net.compareTo(quiet) < 0) {
            throw new IllegalArgumentException("not a poll policy");
        }
    }

    /// @param situation what decides
    /// @param jitter from 0 (inclusive) to 1 (exclusive), new every time, so that devices do not ask together
    /// @return how long to wait since the node was last asked; a wake-up, a hint or the user may ask at once
    public Duration interval(Situation situation, double jitter) {
        Duration base = base(situation);
        return Duration.ofMillis((long) (base.toMillis() * (0.8 + 0.4 * jitter)));
    }

    private Duration base(Situation situation) {
        if (situation.feed() == Feed.WORKING) {
            return net;
        }
        if (situation.sinceMove().compareTo(AFTERGLOW) < 0) {
            return busy;
        }
        return situation.power().isScarce() ? quiet.multipliedBy(4) : quiet;
    }
}
