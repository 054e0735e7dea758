package org.stratobox.sync.history;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// Makes the new versions by which something is taken back. Their vector is that of what is shown now with this device's
/// counter raised, so they are edits like any other: they reach every device, and lose or conflict as an edit would.
public final class Rewriting {
    private final DeviceId device;
    private final long wallMillis;
    private final Entropy entropy;
    private long counter;

    /// @param device this one
    /// @param counter its highest counter so far
    /// @param wallMillis now, milliseconds since 1970
    /// @param entropy for the ids of new items
    public Rewriting(DeviceId device, long counter, long wallMillis, Entropy entropy) {
        this.device = device;
        this.counter = counter;
        this.wallMillis = Math.clamp(wallMillis, -Entry.MAX_NUMBER, Entry.MAX_NUMBER);
        this.entropy = entropy;
    }

    /// @return this device's highest counter so far
    public long counter() {
        return counter;
    }

    /// @param wanted what paths are to become
    /// @return their new versions, in the same order
    public Map<RelativePath, Entry> versions(List<Wanted> wanted) {
        Map<FileId, RelativePath> places = new HashMap<>();
        wanted.stream().filter(w -> w.like().isPresent() && w.fileId().isPresent())
                .forEach(w -> places.put(w.fileId().get(), w.path()));
        Map<RelativePath, Entry> out = new LinkedHashMap<>();
        for (Wanted w : wanted) {
            out.put(w.path(), w.like().isPresent() ? live(w, w.like().get()) : tombstone(w, places));
        }
        return out;
    }

    private Entry live(Wanted w, Entry like) {
        FileId id = w.fileId().orElseGet(() -> FileId.of(entropy.bytes(16)));
        return new Entry(like.kind(), id, like.content(), like.size(), like.mtimeMillis(), like.mode(), raise(w),
                device,
                wallMillis, Optional.empty());
    }

    private Entry tombstone(Wanted w, Map<FileId, RelativePath> places) {
        FileId id = w.fileId().or(() -> w.now().map(Entry::fileId)).orElseGet(() -> FileId.of(entropy.bytes(16)));
        Optional<Moved> moved = w.now().filter(e -> e.isLive() && e.kind() != EntryKind.DIRECTORY)
                .flatMap(e -> Optional.ofNullable(places.get(e.fileId()))
                        .map(to -> new Moved(to, e.version(), e.content().identity())));
        return new Entry(EntryKind.TOMBSTONE, id, new Content.None(), 0, 0, 0, raise(w), device, wallMillis, moved);
    }

    private VersionVector raise(Wanted w) {
        return w.now().map(Entry::version).orElse(VersionVector.empty()).with(device, ++counter);
    }
}
