package org.stratobox.sync.transfer;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.VersionVector;

/// Makes new versions in this device's name. The vector of a version comes from what was on disk before (the base), with
/// this device's counter raised; nothing else ever raises it (`sync.md` 1). Thread-safe.
public final class Author {
    private final DeviceId device;
    private final AtomicLong counter;
    private final Clock clock;
    private final Entropy entropy;

    /// @param device this device
    /// @param counter its highest counter so far
    /// @param clock wall time, only for ordering concurrent versions and for people
    /// @param entropy for the ids of new files
    public Author(DeviceId device, long counter, Clock clock, Entropy entropy) {
        this.device = device;
        this.counter = new AtomicLong(counter);
        this.clock = clock;
        this.entropy = entropy;
    }

    /// @return this device's highest counter so far
    public long counter() {
        return counter.get();
    }

    /// @return the wall clock
    Clock clock() {
        return clock;
    }

    /// What a disk shows of a version need not be what the version says: a coarse disk rounds its time, another keeps no
    /// permission bits. So it is what the disk showed then that is compared with what it shows now.
    ///
    /// @param base the version that was there before, a tombstone included
    /// @param shown evidence of that version on this disk
    /// @param content what is there now
    /// @param stat of the file, directory or link
    /// @return the new version, or empty if nothing that is synced has changed
    Optional<Entry> version(Optional<Entry> base, Evidence shown, Content content, FileStat stat) {
        EntryKind kind = kind(stat.kind());
        long size = kind == EntryKind.FILE ? stat.size() : 0;
        Optional<Entry> same = base.filter(b -> b.kind() == kind);
        long mtime = same.filter(b -> shown.mtimeNanos() == stat.mtimeNanos()).map(Entry::mtimeMillis)
                .orElseGet(() -> clamp(Math.floorDiv(stat.mtimeNanos(), 1_000_000L)));
        // permission bits of a link mean nothing
        int mode = kind == EntryKind.SYMLINK
                ? 0777
                : same.filter(b -> shown.mode() == stat.mode()).map(Entry::mode).orElse(stat.mode());
        if (base.isPresent() && isSame(base.get(), kind, content) && (kind != EntryKind.FILE
                || (base.get().mtimeMillis() == mtime
                        && base.get().isExecutable() == ((mode & Entry.EXECUTABLE) != 0)))) {
            return Optional.empty();
        }
        return Optional.of(new Entry(kind, fileId(base), content, size, mtime, mode, raise(base), device,
                clamp(clock.millis()), Optional.empty()));
    }

    /// @param base the version that was there
    /// Of directories and links neither time nor permissions count: whatever is put into a directory changes its time.
    private static boolean isSame(Entry base, EntryKind kind, Content content) {
        return base.kind() == kind && base.content().sameAs(content);
    }

    /// @param moved where it went, if that is known
    /// @return the tombstone that says that it is gone
    Entry tombstone(Entry base, Optional<Moved> moved) {
        return new Entry(EntryKind.TOMBSTONE, base.fileId(), new Content.None(), 0, 0, 0, raise(Optional.of(base)),
                device, clamp(clock.millis()), moved);
    }

    /// @param kept a version that is to count again
    /// @param instead what has taken its place since
    /// @return the same content as the newest version of all
    public Entry again(Entry kept, Optional<Entry> instead) {
        VersionVector seen = instead.map(Entry::version).orElse(VersionVector.empty()).join(kept.version());
        return new Entry(kept.kind(), kept.fileId(), kept.content(), kept.size(), kept.mtimeMillis(), kept.mode(),
                seen.with(device, counter.incrementAndGet()), device, clamp(clock.millis()), Optional.empty());
    }

    private VersionVector raise(Optional<Entry> base) {
        return base.map(Entry::version).orElse(VersionVector.empty()).with(device, counter.incrementAndGet());
    }

    /// What is created again under the name of something deleted is another file.
    private FileId fileId(Optional<Entry> base) {
        return base.filter(Entry::isLive).map(Entry::fileId).orElseGet(() -> FileId.of(entropy.bytes(16)));
    }

    private static EntryKind kind(FileStat.Kind kind) {
        return switch (kind) {
            case FILE -> EntryKind.FILE;
            case DIRECTORY -> EntryKind.DIRECTORY;
            case SYMLINK -> EntryKind.SYMLINK;
            case OTHER -> throw new IllegalArgumentException("special files are not synced");
        };
    }

    private static long clamp(long millis) {
        return Math.clamp(millis, -Entry.MAX_NUMBER, Entry.MAX_NUMBER);
    }
}
