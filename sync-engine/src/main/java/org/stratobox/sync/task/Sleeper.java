package org.stratobox.sync.task;

import java.time.Duration;

/// Waiting as a parameter, so that a test does not wait.
@FunctionalInterface
public interface Sleeper {
    /// @param duration how long; zero or less returns at once
    /// @throws InterruptedException if the thread is interrupted before or while waiting
    void sleep(Duration duration) throws InterruptedException;
}
