package org.stratobox.sync.mesh;

import java.util.OptionalLong;

import org.stratobox.sync.task.Ticker;

/// What all nodes of a running engine together may send and receive. Thread-safe; may be changed at any time.
///
/// Heads, records, pack indexes and locks are let through ahead of the rest, up to 64 kB/s each way: a large upload must not
/// keep small news from travelling. They count, so that the limit holds for all together.
public final class Bandwidth {
    private static final long SMALL_NEWS = 64_000;

    private final Lane up;
    private final Lane down;

    /// Unlimited.
    ///
    /// @param ticker monotonic time
    /// @param sleeper waits
    public Bandwidth(Ticker ticker, Sleeper sleeper) {
        up = new Lane(ticker, sleeper);
        down = new Lane(ticker, sleeper);
    }

    /// @param bytesPerSecond what may be sent, or empty for no limit
    /// @param received bytes per second that may be received, or empty for no limit
    public void change(OptionalLong bytesPerSecond, OptionalLong received) {
        up.all.change(bytesPerSecond);
        down.all.change(received);
    }

    Lane up() {
        return up;
    }

    Lane down() {
        return down;
    }

    /// One direction.
    static final class Lane {
        private final RateLimit all;
        private final RateLimit news;

        private Lane(Ticker ticker, Sleeper sleeper) {
            all = new RateLimit(ticker, sleeper, OptionalLong.empty());
            news = new RateLimit(ticker, sleeper, OptionalLong.of(SMALL_NEWS));
        }

        /// Waits until bytes may travel.
        void take(Space space, int bytes) throws InterruptedException {
            if (space != Space.DATA && news.takeAtOnce(bytes)) {
                all.charge(bytes);
            } else {
                all.take(bytes);
            }
        }

        /// Bytes that have travelled already.
        void charge(Space space, long bytes) {
            all.charge(bytes);
            if (space != Space.DATA) {
                news.charge(bytes);
            }
        }

        OptionalLong rate() {
            return all.rate();
        }
    }
}
