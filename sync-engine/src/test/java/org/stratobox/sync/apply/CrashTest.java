package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.localfs.DiskTraits;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.RealDisk;
import org.stratobox.sync.model.Entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A program that ends at every single change of the disk and of the index, and again while it recovers.
class CrashTest {
    private static final byte[] LARGE = TestAccount.bytes(250_000, 1);
    private static final byte[] LARGE_EDITED = edited(LARGE);

    /// Every first moment, and every so-manyth second one, another set for each first; all of them on demand.
    private static final int STRIDE = Boolean.getBoolean("stratobox.crash.all") ? 1 : 7;

    @TempDir
    private Path home;
    private TestAccount account;
    private int desks;

    private static byte[] edited(byte[] bytes) {
        byte[] out = bytes.clone();
        out[120_000] ^= 1;
        return out;
    }

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(Files.createDirectory(home.resolve("mesh")), 1);
        account.file(LARGE);
        account.file(LARGE_EDITED);
        account.file(TestAccount.bytes(50_000, 2));
        account.flush();
    }

    @AfterEach
    void close() {
        account.close();
    }

    /// The end of the process: nothing catches it, and nothing works afterwards.
    private static final class Killed extends Error {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }

    /// Counts changes and ends the process before a chosen one.
    private static final class Bomb {
        private final AtomicInteger left;

        Bomb(int after) {
            left = new AtomicInteger(after);
        }

        void tick() {
            if (left.getAndDecrement() <= 0) {
                throw new Killed();
            }
        }
    }

    private static void arm(Desk desk, Bomb bomb, LocalDisk real) {
        desk.disk = new ForwardingDisk(real) {
            @Override
            void before(Change change, Path path) {
                // forcing to the platter changes nothing that a process that ends could leave behind
                if (change != Change.FORCE && change != Change.FORCE_DIRECTORY) {
                    bomb.tick();
                }
            }
        };
        desk.seen = new ForwardingIndex(desk.index) {
            @Override
            void before() {
                bomb.tick();
            }

            @Override
            public void transactDurably(Work work) throws IndexException {
                transact(work);
            }
        };
    }

    /// A process that ends takes nothing back, so nothing need be forced to the platter here.
    private static class Unforced extends ForwardingDisk {
        Unforced() {
            super(new RealDisk());
        }

        @Override
        public void force(Collection<Path> files) {
            // counted by the disk in front
        }

        @Override
        public void forceDirectory(Path directory) {
            // counted by the disk in front
        }
    }

    private static void disarm(Desk desk, LocalDisk real) {
        desk.disk = real;
        desk.seen = desk.index;
    }

    private Desk scripted() throws Exception {
        Desk desk = new Desk(account, Files.createDirectory(home.resolve("desk" + desks++)));
        Entry a = desk.has("a", "was a");
        Entry b = desk.has("b", "was b");
        desk.has("file to directory", "was a file");
        desk.hasDirectory("directory to file");
        desk.has("directory to file/in", "was inside");
        desk.has("edited", "old text");
        desk.has("large", LARGE);
        desk.has("gone", "to the trash");
        desk.hasDirectory("moved");
        Entry inside = desk.has("moved/in", "carried");
        Entry script = desk.has("script", "text of a script");
        desk.hasLink("link", "old target");
        desk.wants("a", desk.again(b, b.mtimeMillis(), b.mode()));
        desk.wants("b", desk.again(a, a.mtimeMillis(), a.mode()));
        desk.wants("file to directory", desk.directory());
        desk.wants("file to directory/new", desk.file("new below"));
        desk.wants("directory to file/in", desk.gone("directory to file/in"));
        desk.wants("directory to file", desk.file("now a file"));
        desk.wants("edited", desk.file("new text"));
        desk.wants("large", desk.file(LARGE_EDITED));
        desk.wants("fetched", desk.file(TestAccount.bytes(50_000, 2)));
        desk.wants("gone", desk.gone("gone"));
        desk.wants("moved here", desk.again(desk.known("moved").base().orElseThrow(), Desk.OLD, 0755));
        desk.wants("moved here/in", desk.again(inside, inside.mtimeMillis(), inside.mode()));
        desk.wants("moved", desk.gone("moved"));
        desk.wants("moved/in", desk.gone("moved/in"));
        desk.wants("script", desk.again(script, Desk.OLD + 77, 0740));
        desk.wants("link", desk.link("new target"));
        return desk;
    }

    private static Map<String, String> expected(Desk desk) throws Exception {
        assertTrue(desk.apply().isComplete());
        return desk.tree();
    }

    private void assertEverythingSurvives(LocalDisk real) throws Exception {
        Map<String, String> goal;
        try (Desk desk = scripted()) {
            disarm(desk, real);
            goal = expected(desk);
        }
        boolean ended = false;
        for (int crash = 0; !ended; crash++) {
            boolean recovered = false;
            for (int second = STRIDE > 1 ? crash % STRIDE : 0; !recovered; second += STRIDE) {
                try (Desk desk = scripted()) {
                    List<String> before = desk.contents();
                    ended = !dies(desk, crash, real);
                    recovered = ended || !diesRecovering(desk, second, real);
                    disarm(desk, real);
                    assertSound(desk, before, goal, "crash before change " + crash + ", then " + second);
                }
            }
        }
    }

    private static boolean dies(Desk desk, int after, LocalDisk real) throws Exception {
        arm(desk, new Bomb(after), real);
        try {
            desk.apply();
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private static boolean diesRecovering(Desk desk, int after, LocalDisk real) throws Exception {
        arm(desk, new Bomb(after), real);
        try {
            desk.recover();
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private static void assertSound(Desk desk, List<String> before, Map<String, String> goal, String when)
            throws Exception {
        assertEquals(java.util.Optional.empty(), desk.recover().postponed(), when);
        assertEquals(List.of(), lost(before, desk.contents()), when);
        assertEquals(List.of(), desk.index.intents().open(Desk.FOLDER), when);
        assertEquals(List.of(), desk.own("park"), when);
        assertEquals(List.of(), desk.disagreements(), when);
        ApplyOutcome rest = desk.apply();
        assertTrue(rest.isComplete(), () -> when + ": " + rest);
        assertEquals(goal, desk.tree(), when);
        assertEquals(List.of(), lost(before, desk.contents()), when);
        assertEquals(List.of(), desk.disagreements(), when);
        assertEquals(desk.trash().list().size(), desk.trash().list().stream()
                .filter(kept -> desk.exists(kept.item().place().text())).count(), when);
    }

    private static List<String> lost(List<String> before, List<String> after) {
        List<String> lost = new ArrayList<>(before);
        after.forEach(lost::remove);
        return lost;
    }

    @Test
    void nothingIsLostWhereverTheProgramEnds() throws Exception {
        assertEverythingSurvives(new Unforced());
    }

    @Test
    void nothingIsLostWhereverTheProgramEndsOnADiskWithoutExchange() throws Exception {
        assertEverythingSurvives(new WithoutExchange(new Unforced()));
    }

    /// The real disk, which says that it cannot exchange names.
    static final class WithoutExchange extends ForwardingDisk {
        WithoutExchange(LocalDisk disk) {
            super(disk);
        }

        @Override
        public DiskTraits traits(Path root) throws IOException {
            return super.traits(root).withoutExchange();
        }

        @Override
        public void exchange(Path one, Path other) {
            throw new UnsupportedOperationException("scripted");
        }
    }
}
