package org.stratobox.sync.mesh;

import java.time.Duration;

/// Waits. Injected, so that tests own time.
@FunctionalInterface
public interface Sleeper {
    /// @param time how long
    /// @throws InterruptedException if the thread was interrupted meanwhile
    void sleep(Duration time) throws InterruptedException;
}
