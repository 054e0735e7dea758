package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.RealDisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Somebody saves between the last look at a file and its replacement, every time. No save may be lost.
class RacerTest {
    private static final int FILES = 1_000;
    private static final int ROUNDS = 8;

    @TempDir
    private Path home;
    private TestAccount account;
    private Desk desk;
    private final Set<String> saves = new HashSet<>();
    private int saved;

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(Files.createDirectory(home.resolve("mesh")), 1);
        desk = new Desk(account, Files.createDirectory(home.resolve("desk")));
    }

    @AfterEach
    void close() {
        desk.close();
        account.close();
    }

    /// Saves as editors do: in place, or a new file renamed over the old one. What the user replaces by himself is not lost.
    private void save(Path file) throws IOException {
        if (Files.exists(file)) {
            saves.remove(Files.readString(file));
        }
        String text = "save " + saved++;
        saves.add(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (saved % 2 == 0) {
            Files.write(file, bytes);
        } else {
            Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean isUsers(Path path) {
        return !path.startsWith(desk.path(".stratobox")) && path.getFileName().toString().startsWith("f");
    }

    private void race(LocalDisk racing, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                names.add("f" + round + "-" + i);
                desk.has(names.getLast(), "old " + round + " " + i);
                desk.wants(names.getLast(), desk.file("new " + round + " " + i));
            }
            desk.disk = racing;
            ApplyOutcome outcome = desk.apply();
            assertEquals(FILES, outcome.results().size());
            desk.disk = new RealDisk();
            Set<String> there = new HashSet<>(desk.contents());
            saves.removeAll(there);
            assertEquals(Set.of(), saves, "round " + round);
            for (String name : names) {
                if (desk.exists(name)) {
                    Files.delete(desk.path(name));
                }
            }
            desk.index.transact(() -> desk.index.entries().forget(Desk.FOLDER));
        }
    }

    @Test
    void noSaveIsLostWhenEverybodySavesBetweenTheLookAndTheExchange() throws Exception {
        race(new ForwardingDisk(new RealDisk()) {
            @Override
            void before(Change change, Path path) throws IOException {
                if (change == Change.EXCHANGE && isUsers(path) && saved % 3 != 2) {
                    save(path);
                } else if (change == Change.EXCHANGE && isUsers(path)) {
                    saved++;
                }
            }

            @Override
            void after(Change change, Path path) throws IOException {
                // now and then a second save, between the exchange and the exchange back
                if (change == Change.EXCHANGE && isUsers(path) && saved % 5 == 0) {
                    save(path);
                }
            }
        }, ROUNDS);
        assertTrue(saved >= 20_000, "saves were made: " + saved);
    }

    @Test
    void noSaveIsLostOnADiskWithoutExchange() throws Exception {
        race(new ForwardingDisk(new CrashTest.WithoutExchange(new RealDisk())) {
            private boolean mine;

            @Override
            void before(Change change, Path path) throws IOException {
                // the first rename takes the user's file away, the second gives its name to the new one
                boolean toTrash = path.startsWith(desk.path(".stratobox/trash"));
                if (change == Change.RENAME && !mine && (toTrash || isUsers(path))) {
                    mine = true;
                    Path file = toTrash ? original(path) : path;
                    if (toTrash == (saved % 2 == 0)) {
                        save(file);
                    } else {
                        saved++;
                    }
                    mine = false;
                }
            }
        }, 3);
        assertTrue(saved >= FILES, "saves were made: " + saved);
    }

    private Path original(Path inTrash) {
        return desk.path(Trash.original(inTrash.getFileName().toString()));
    }
}
