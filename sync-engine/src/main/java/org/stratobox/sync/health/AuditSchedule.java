package org.stratobox.sync.health;

import java.time.Duration;

/// How much auditing is due (`mesh.md` 4.7). Pure: time comes in, what to do comes out.
///
/// @param packsPerDay so many packs are sampled a day, at one random place of each of their shares
/// @param rest a pack that was proven more recently than this is not sampled
/// @param listing how often every node is asked for the names and sizes of all it holds
/// @param again how soon that is tried again when a node did not answer
public record AuditSchedule(int packsPerDay, Duration rest, Duration listing, Duration again) {
    /// The product's values: every node is asked for 32 pieces a day, 2 MiB.
    public static final AuditSchedule DEFAULT = new AuditSchedule(32, Duration.ofHours(12), Duration.ofDays(7),
            Duration.ofDays(1));

    /// @throws IllegalArgumentException if a number is not positive
    public AuditSchedule {
        if (packsPerDay < 1 || rest.isNegative() || !listing.isPositive() || !again.isPositive()) {
            throw new IllegalArgumentException("not a schedule");
        }
    }

    /// What was done so far.
    ///
    /// @param sampledMillis up to when samples were taken, milliseconds since 1970
    /// @param listedMillis when the last listing was
    public record Marks(long sampledMillis, long listedMillis) {}

    /// What is to be done now.
    ///
    /// @param packs how many to sample
    /// @param provenBefore only those proven before this time, milliseconds since 1970
    /// @param isListing whether to list the nodes
    /// @param done what to remember when it is done
    public record Due(int packs, long provenBefore, boolean isListing, Marks done) {}

    /// @param now wall time, milliseconds since 1970
    /// @return what to remember when auditing begins: everything was proven a moment ago, or is not due for that reason
    public Marks begin(long now) {
        return new Marks(now, now);
    }

    /// @param marks what was done
    /// @param now wall time, milliseconds since 1970
    /// @return what is due
    public Due due(Marks marks, long now) {
        // a clock that was set back starts anew: what it skipped is asked for a little later, never a million times
        long since = Math.max(0, now - marks.sampledMillis());
        long each = Duration.ofDays(1).toMillis() / packsPerDay;
        long packs = Math.min(packsPerDay, since / each);
        boolean isCapped = since / each > packsPerDay || marks.sampledMillis() > now;
        long sampled = isCapped ? now : marks.sampledMillis() + packs * each;
        boolean isListing = now - marks.listedMillis() >= listing.toMillis() || marks.listedMillis() > now;
        return new Due((int) packs, now - rest.toMillis(), isListing,
                new Marks(sampled, isListing ? now : marks.listedMillis()));
    }

    /// @param due what was done
    /// @return what to remember if a node did not answer the listing: it is asked again soon
    public Marks afterSilence(Due due) {
        return new Marks(due.done().sampledMillis(),
                due.done().listedMillis() - listing.toMillis() + Math.min(again.toMillis(), listing.toMillis()));
    }
}
