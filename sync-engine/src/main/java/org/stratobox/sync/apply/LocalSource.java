package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.ChunkRef;

/// Chunks that local files hold already: the version that is replaced, a copy elsewhere. What base says of them may be
/// outdated, so each chunk is checked by its content id. Used by one thread; closed when the file is planned.
final class LocalSource implements AutoCloseable {
    private final LocalFiles files;
    private final SameBytes same;
    private final Map<Cid, At> chunks = new HashMap<>();
    private final Map<Path, Optional<SeekableByteChannel>> open = new HashMap<>();

    private record At(Path file, long offset) {}

    LocalSource(LocalFiles files, SameBytes same) {
        this.files = files;
        this.same = same;
    }

    /// @param file a local one
    /// @param entry the version it should be of
    void add(Path file, Entry entry, FileChunks list) throws HistoryException.IndexFailed, InterruptedException {
        if (entry.content() instanceof Content.Inline) {
            return;
        }
        try {
            list.<RuntimeException>forEach(entry,
                    (offset, chunk) -> chunks.putIfAbsent(chunk.cap().cid(), new At(file, offset)));
        } catch (HistoryException.IndexFailed e) {
            throw e;
        } catch (HistoryException e) {
            // without its list of chunks nothing can be found in it: everything is fetched
            chunks.values().removeIf(at -> at.file().equals(file));
        }
    }

    /// @return the bytes of a chunk, checked
    Optional<byte[]> read(ChunkRef chunk) {
        At at = chunks.get(chunk.cap().cid());
        if (at == null) {
            return Optional.empty();
        }
        return channel(at.file()).flatMap(in -> same.read(in, at.offset(), chunk));
    }

    private Optional<SeekableByteChannel> channel(Path file) {
        return Objects.requireNonNull(open.computeIfAbsent(file, f -> {
            try {
                return Optional.of(files.open(f));
            } catch (IOException e) {
                return Optional.empty();
            }
        }));
    }

    @Override
    public void close() throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (Optional<SeekableByteChannel> channel : open.values()) {
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
