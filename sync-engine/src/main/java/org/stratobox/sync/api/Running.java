package org.stratobox.sync.api;

/// A device that keeps its folders in sync until it is closed. Thread-safe.
public interface Running extends AutoCloseable {
    /// @return what it is doing now; the same value that was last told
    EngineState state();

    /// Looks at everything at once: at the disk and at the nodes.
    void wake();

    /// Stops: work on its way ends within two seconds and is taken up again next time. Idempotent.
    @Override
    void close();
}
