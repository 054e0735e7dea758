package org.stratobox.sync.task;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes when told; starts shortly before the counter wraps, as a real one may.
public final class ManualTicker implements Ticker {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    @Override
    public long nanos() {
        return now.get();
    }

    /// @param time that passes
    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /// @param millis that pass
    public void millis(long millis) {
        pass(Duration.ofMillis(millis));
    }
}
