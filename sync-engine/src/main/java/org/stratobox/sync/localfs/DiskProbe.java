package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/// Finds out what a disk can do by doing it in the own area of a root. Its files have fixed names, so what a crash leaves is
/// used again.
final class DiskProbe {
    private static final String ONE = "probe-a";
    private static final String OTHER = "probe-b";
    private static final String UPPER = "PROBE-A";
    private static final String COMPOSED = "probe-\u00e9";
    private static final String DECOMPOSED = "probe-e\u0301";
    private static final String LINK = "probe-link";
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    /// The tick of kernels that stamp files with the time of the last timer interrupt.
    private static final long TICK = 10 * MILLISECOND;

    private final LocalDisk disk;
    private final Path stage;
    private final Path park;

    DiskProbe(LocalDisk disk, Path root) {
        this.disk = disk;
        this.stage = root.resolve(FolderMarker.OWN_PREFIX).resolve(LocalDisk.STAGE);
        this.park = stage.resolveSibling(LocalDisk.PARK);
    }

    DiskTraits traits() throws IOException {
        for (Path part : new Path[]{stage, park}) {
            if (disk.look(part).isEmpty()) {
                disk.makeDirectory(part, 0700);
            }
        }
        try {
            takeBack(ONE);
            takeBack(OTHER);
            FileStat one = make(ONE);
            FileStat other = make(OTHER);
            boolean inodes = one.fileKey() != 0 && other.fileKey() != 0 && one.fileKey() != other.fileKey();
            boolean foldsCase = disk.look(stage.resolve(UPPER)).isPresent();
            make(COMPOSED);
            boolean foldsForms = disk.look(stage.resolve(DECOMPOSED)).isPresent();
            boolean modes = keepsModes();
            return new DiskTraits(exchanges(), isNoReplaceAtomic(), foldsCase, foldsForms, inodes, linksWork(), modes,
                    granularity());
        } finally {
            for (String name : new String[]{ONE, OTHER, COMPOSED, LINK}) {
                disk.discard(stage.resolve(name));
            }
        }
    }

    private FileStat make(String name) throws IOException {
        Path file = stage.resolve(name);
        try (SeekableByteChannel out = disk.openStaged(file)) {
            out.write(ByteBuffer.wrap(new byte[]{1}));
        }
        return disk.stat(file);
    }

    private boolean keepsModes() throws IOException {
        disk.setMode(stage.resolve(ONE), 0700);
        boolean kept = disk.stat(stage.resolve(ONE)).mode() == 0700;
        disk.setMode(stage.resolve(ONE), 0600);
        return kept && disk.stat(stage.resolve(ONE)).mode() == 0600;
    }

    /// A stage takes part in no exchange, so the two go through the part for things on their way.
    private boolean exchanges() throws IOException {
        disk.renameNoReplace(stage.resolve(ONE), park.resolve(ONE));
        disk.renameNoReplace(stage.resolve(OTHER), park.resolve(OTHER));
        try {
            disk.exchange(park.resolve(ONE), park.resolve(OTHER));
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        } finally {
            takeBack(ONE);
            takeBack(OTHER);
        }
    }

    /// Also what an earlier probe left when it was cut off.
    private void takeBack(String name) throws IOException {
        if (disk.look(park.resolve(name)).isPresent()) {
            disk.discard(stage.resolve(name));
            disk.renameNoReplace(park.resolve(name), stage.resolve(name));
        }
    }

    private boolean isNoReplaceAtomic() throws IOException {
        return Renaming.isNoReplaceAtomic(stage.resolve(ONE), stage.resolve(OTHER));
    }

    private boolean linksWork() throws IOException {
        try {
            disk.discard(stage.resolve(LINK));
            disk.makeLink(stage.resolve(LINK), "nowhere");
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
    }

    /// How fine a time the disk keeps, but never finer than the clock it is stamped with.
    private long granularity() throws IOException {
        for (long step : new long[]{1, 100, 1_000, MILLISECOND, 10 * MILLISECOND, SECOND}) {
            if (keeps(SECOND * 1_000_000_001L + step)) {
                return Math.max(TICK, step);
            }
        }
        return 2 * SECOND;
    }

    private boolean keeps(long nanos) throws IOException {
        disk.setTime(stage.resolve(ONE), nanos);
        Optional<FileStat> there = disk.look(stage.resolve(ONE));
        return there.isPresent() && there.get().mtimeNanos() == nanos;
    }
}
