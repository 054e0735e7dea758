package org.stratobox.sync.localfs;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RealDiskTest extends LocalDiskContract {
    @TempDir
    private Path home;
    private final RealDisk disk = new RealDisk();

    @Override
    protected LocalDisk disk() {
        return disk;
    }

    @Override
    protected Path root() {
        try {
            return home.toRealPath();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void linuxExchangesAndNeverReplaces() throws Exception {
        assumeTrue(System.getProperty("os.name").contains("Linux"));
        DiskTraits traits = disk.traits(root());
        assertTrue(traits.exchange() && traits.atomicNoReplace() && traits.inodes(), traits.toString());
    }

    @Test
    void copyExtrasBringsAttributesOfTheUser() throws Exception {
        Path from = Files.writeString(root().resolve("f"), "x");
        UserDefinedFileAttributeView tags = Files.getFileAttributeView(from, UserDefinedFileAttributeView.class);
        assumeTrue(tags != null && Files.getFileStore(from).supportsFileAttributeView("user"));
        tags.write("colour", ByteBuffer.wrap(new byte[]{7}));
        Path to = root().resolve(".stratobox/stage/s");
        Files.writeString(to, "y");
        disk.copyExtras(from, to);
        ByteBuffer value = ByteBuffer.allocate(1);
        Files.getFileAttributeView(to, UserDefinedFileAttributeView.class).read("colour", value);
        assertArrayEquals(new byte[]{7}, value.array());
    }

    /// An attacker swaps a directory for a link, again and again, while files are put into it: none ever lands behind it.
    @Test
    void nothingGoesThroughALinkThatIsPutThereMeanwhile() throws Exception {
        assumeTrue(System.getProperty("os.name").contains("Linux"));
        Path victim = Files.createDirectory(root().resolve("victim"));
        Path directory = Files.createDirectory(root().resolve("d"));
        Path link = Files.createSymbolicLink(root().resolve("l"), victim);
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    disk.exchange(directory, link);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        int refused = 0;
        int placed = 0;
        try {
            for (int i = 0; placed < 2_000 || refused < 20; i++) {
                Path staged = root().resolve(".stratobox/stage/s" + i);
                disk.openStaged(staged).close();
                try {
                    disk.renameNoReplace(staged, directory.resolve("f" + i));
                    placed++;
                } catch (LinkInPath e) {
                    refused++;
                    disk.discard(staged);
                }
            }
        } finally {
            done.set(true);
            attacker.join();
        }
        try (var inside = Files.list(victim)) {
            assertEquals(0, inside.count());
        }
        assertFalse(Files.exists(victim.resolve("f0")));
    }
}
