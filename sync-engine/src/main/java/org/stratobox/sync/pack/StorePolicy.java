package org.stratobox.sync.pack;

import java.time.Duration;

/// How patient the store is.
///
/// @param requestsPerNode how many requests one node is given at the same time, at least 1
/// @param grace how long puts may go on after the pack is safe before they become debts
/// @param avoidFirst how long a node is avoided after its first failure; doubles with each further one
/// @param avoidMost the longest time a node is avoided
public record StorePolicy(int requestsPerNode, Duration grace, Duration avoidFirst, Duration avoidMost) {
    /// The product's values (`mesh.md` 10, `sync-disk.md` 4.3).
    public static final StorePolicy DEFAULT = new StorePolicy(4, Duration.ofSeconds(5), Duration.ofSeconds(30),
            Duration.ofMinutes(15));

    /// Checks the numbers.
    public StorePolicy {
        if (requestsPerNode < 1 || grace.isNegative() || avoidFirst.isNegative()
                || avoidMost.compareTo(avoidFirst) < 0) {
            throw new IllegalArgumentException("not a policy");
        }
    }
}
