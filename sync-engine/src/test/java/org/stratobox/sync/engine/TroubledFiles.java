package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.localfs.RealFiles;

/// The real disk, where names that were told misbehave.
final class TroubledFiles implements LocalFiles {
    private final LocalFiles real = new RealFiles();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final AtomicLong tick = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();

    /// How a name misbehaves.
    enum Trouble {
        /// Content or listing may not be read.
        DENIED,
        /// It is gone when it is opened.
        VANISHES,
        /// Its modification time moves with every look.
        KEEPS_CHANGING,
        /// It grows between the look and the reading, once.
        GROWS_ONCE,
        /// It is gone between listing and look.
        LISTED_ONLY
    }

    TroubledFiles with(String name, Trouble trouble) {
        troubles.put(name, trouble);
        return this;
    }

    void healed() {
        troubles.clear();
    }

    /// Files opened so far.
    long opened() {
        return opened.get();
    }

    private boolean has(Path path, Trouble trouble) {
        return troubles.get(path.getFileName().toString()) == trouble;
    }

    @Override
    public List<Child> list(Path directory) throws IOException {
        if (has(directory, Trouble.DENIED)) {
            throw new AccessDeniedException("scripted");
        }
        return real.list(directory);
    }

    @Override
    public FileStat stat(Path path) throws IOException {
        if (has(path, Trouble.LISTED_ONLY)) {
            throw new NoSuchFileException("scripted");
        }
        FileStat s = real.stat(path);
        return has(path, Trouble.KEEPS_CHANGING)
                ? new FileStat(s.kind(), s.size(), s.mtimeNanos() + tick.incrementAndGet(), s.ctimeNanos(),
                        s.fileKey(), s.device(), s.mode())
                : s;
    }

    @Override
    public SeekableByteChannel open(Path file) throws IOException {
        opened.incrementAndGet();
        if (has(file, Trouble.DENIED)) {
            throw new AccessDeniedException("scripted");
        }
        if (has(file, Trouble.VANISHES)) {
            Files.deleteIfExists(file);
        }
        if (has(file, Trouble.GROWS_ONCE) && troubles.remove(file.getFileName().toString()) != null) {
            Files.write(file, new byte[5000], java.nio.file.StandardOpenOption.APPEND);
        }
        return real.open(file);
    }

    @Override
    public String readLink(Path link) throws IOException {
        if (has(link, Trouble.DENIED)) {
            throw new AccessDeniedException("scripted");
        }
        return real.readLink(link);
    }
}
