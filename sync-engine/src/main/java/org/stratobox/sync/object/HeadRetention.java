package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.stratobox.crypto.Digest256;

/// How long a device's heads stay, and when it must publish one although nothing changed (`format.md` 3.8). Pure.
public final class HeadRetention {
    /// At least so many heads of a device stay.
    public static final int KEPT = 64;
    /// At least so long they stay.
    public static final long KEPT_MILLIS = 30L * 24 * 3600 * 1000;
    /// A running device publishes a head at least this often.
    public static final long HEARTBEAT_MILLIS = 24L * 3600 * 1000;

    private HeadRetention() {}

    /// A head of one device.
    ///
    /// @param point its place in the chain
    /// @param wallMillis the device's clock, milliseconds since 1970
    public record Kept(ChainPoint point, long wallMillis) {}

    /// @param own heads of one device that the nodes hold
    /// @param seen hashes that heads of other devices name as the newest they have seen, and anything else that holds one
    /// @return those that may be deleted, oldest first. One more than the 64 and the 30 days stays before them, so that
    ///         whoever reads the rest sees by its time that nothing younger is missing ([#mayBeGone])
    public static List<ChainPoint> removable(Collection<Kept> own, Collection<Digest256> seen) {
        List<Kept> sorted = new ArrayList<>(own);
        sorted.sort(Comparator.comparingLong((Kept k) -> k.point().seq()));
        if (sorted.isEmpty()) {
            return List.of();
        }
        Kept newest = sorted.getLast();
        long anchor = sorted.stream().filter(k -> isOld(k, newest)).mapToLong(k -> k.point().seq()).max().orElse(0);
        return sorted.stream().filter(k -> k.point().seq() < anchor && !seen.contains(k.point().hash()))
                .map(Kept::point).toList();
    }

    private static boolean isOld(Kept head, Kept newest) {
        return newest.point().seq() - head.point().seq() >= KEPT
                && newest.wallMillis() - head.wallMillis() >= KEPT_MILLIS;
    }

    /// @param after the oldest head behind a gap
    /// @param newest the newest valid head of the same device
    /// @return whether the heads before it may have been deleted by the rule above; if not, somebody holds them back
    public static boolean mayBeGone(Head after, Head newest) {
        return isOld(new Kept(after.point(), after.wallMillis()), new Kept(newest.point(), newest.wallMillis()));
    }

    /// @param lastMillis when the newest own head was made, milliseconds since 1970
    /// @param nowMillis now; a clock that went back counts as due, since nothing can be said then
    /// @return whether a head is due although nothing changed
    public static boolean heartbeatDue(long lastMillis, long nowMillis) {
        return nowMillis - lastMillis >= HEARTBEAT_MILLIS || nowMillis < lastMillis - HEARTBEAT_MILLIS;
    }
}
