package org.stratobox.sync.simulation.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The true time of a simulation. It moves only when somebody moves it.
public final class VirtualTime {
    private static final long START_MILLIS = 1_800_000_000_000L;
    private long nanos;

    /// Starts in the year 2027.
    public VirtualTime() {
        nanos = 0;
    }

    /// @return nanoseconds since the simulation began
    public long nanos() {
        return nanos;
    }

    /// @param by nanoseconds, not negative
    public void pass(long by) {
        nanos += by;
    }

    /// A wall clock that may be wrong.
    public final class WallClock extends Clock {
        private long skewMillis;

        /// @param skewMillis how far it is ahead
        public WallClock(long skewMillis) {
            this.skewMillis = skewMillis;
        }

        /// @param byMillis how far somebody turns it
        public void turn(long byMillis) {
            skewMillis += byMillis;
        }

        /// @return nanoseconds since 1970 as this clock shows them
        public long wallNanos() {
            return (START_MILLIS + skewMillis) * 1_000_000L + nanos;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public long millis() {
            return wallNanos() / 1_000_000L;
        }

        @Override
        public Instant instant() {
            long wall = wallNanos();
            return Instant.ofEpochSecond(wall / 1_000_000_000L, wall % 1_000_000_000L);
        }
    }
}
