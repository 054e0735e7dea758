package org.stratobox.sync.simulation.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Nested;
import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.LocalDiskContract;
import org.stratobox.sync.localfs.Room;
import org.stratobox.sync.simulation.disk.FileTree.Way;
import org.stratobox.sync.simulation.disk.SimDisk.Operation;
import org.stratobox.sync.simulation.disk.SimDisk.Surroundings;

/// The simulated disk keeps the contract of the port, whatever file system it plays.
class SimDiskTest {
    abstract static class Contract extends LocalDiskContract {
        private static final Path ROOT = Path.of("/folder");
        private final SimDisk disk;

        Contract(DiskProfile profile) {
            AtomicLong clock = new AtomicLong(1_800_000_000_000_000_000L);
            FileTree tree = new FileTree(profile, () -> clock.addAndGet(1_000_000));
            disk = new SimDisk(tree, new Nothing());
            try {
                tree.make(ROOT, Kind.DIRECTORY, 0755, "", Way.PLAIN);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected LocalDisk disk() {
            return disk;
        }

        @Override
        protected Path root() {
            return ROOT;
        }
    }

    private static final class Nothing implements Surroundings {
        @Override
        public void before(Operation operation, Path path) {
            // quiet
        }

        @Override
        public void after(Operation operation, Path path) {
            // quiet
        }

        @Override
        public Room room() {
            return new Room(1L << 40, 1L << 41);
        }

        @Override
        public void take(long bytes) {
            // there is room
        }
    }

    @Nested
    class Ext4 extends Contract {
        Ext4() {
            super(DiskProfile.EXT4);
        }
    }

    @Nested
    class Ext4WithTicks extends Contract {
        Ext4WithTicks() {
            super(DiskProfile.EXT4_TICKS);
        }
    }

    @Nested
    class Apfs extends Contract {
        Apfs() {
            super(DiskProfile.APFS);
        }
    }

    @Nested
    class Hfs extends Contract {
        Hfs() {
            super(DiskProfile.HFS);
        }
    }

    @Nested
    class Fat extends Contract {
        Fat() {
            super(DiskProfile.FAT);
        }
    }

    @Nested
    class Network extends Contract {
        Network() {
            super(DiskProfile.NETWORK);
        }
    }
}
