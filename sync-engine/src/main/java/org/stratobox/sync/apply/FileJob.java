package org.stratobox.sync.apply;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// A file on its way onto the disk. Thread-safe.
final class FileJob {
    private final RelativePath path;
    private final Entry entry;
    private final TargetTree.Directory directory;
    private final Path growing;
    /// Steps that are not done: one for each chunk, one for whoever plans them.
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());

    /// @param path in the state
    /// @param entry of a file
    /// @param directory where it belongs
    /// @param growing where it is until it is complete
    FileJob(RelativePath path, Entry entry, TargetTree.Directory directory, Path growing) {
        this.path = path;
        this.entry = entry;
        this.directory = directory;
        this.growing = growing;
    }

    RelativePath path() {
        return path;
    }

    Entry entry() {
        return entry;
    }

    TargetTree.Directory directory() {
        return directory;
    }

    Path growing() {
        return growing;
    }

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
