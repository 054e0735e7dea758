package org.stratobox.sync.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/// Wall time that passes when a test says so.
final class TestClock extends Clock {
    private final AtomicLong now;

    TestClock(long millis) {
        now = new AtomicLong(millis);
    }

    void pass(long millis) {
        now.addAndGet(millis);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
