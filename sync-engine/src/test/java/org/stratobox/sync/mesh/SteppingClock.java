package org.stratobox.sync.mesh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that moves only when told, or an hour with every look if nobody tells.
final class SteppingClock implements InstantSource {
    private final AtomicReference<Instant> now;
    private final Duration step;

    SteppingClock(Instant start) {
        this(start, Duration.ofHours(1));
    }

    private SteppingClock(Instant start, Duration step) {
        this.now = new AtomicReference<>(start);
        this.step = step;
    }

    static SteppingClock standing(Instant start) {
        return new SteppingClock(start, Duration.ZERO);
    }

    void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    @Override
    public Instant instant() {
        return now.getAndUpdate(t -> t.plus(step));
    }
}
