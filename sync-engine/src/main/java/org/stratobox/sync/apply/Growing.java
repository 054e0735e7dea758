package org.stratobox.sync.apply;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.stratobox.sync.model.Entry;

/// A file that is being put together from its chunks. Thread-safe.
abstract class Growing {
    private final Entry entry;
    /// Steps that are not done: one for each chunk, one for whoever plans them.
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());

    /// @param entry of a file
    Growing(Entry entry) {
        this.entry = entry;
    }

    Entry entry() {
        return entry;
    }

    /// @param bytes what to write
    /// @param offset where it goes
    /// @throws IOException if it cannot be written
    abstract void write(byte[] bytes, long offset) throws IOException;

    void expectStep() {
        open.incrementAndGet();
    }

    /// @return whether this was the last one: the caller ends the file
    boolean stepDone() {
        return open.decrementAndGet() == 0;
    }

    /// @param why a sentence; the first one counts
    void fail(String why) {
        failure.updateAndGet(first -> first.isPresent() ? first : Optional.of(why));
    }

    Optional<String> failure() {
        return failure.get();
    }
}
