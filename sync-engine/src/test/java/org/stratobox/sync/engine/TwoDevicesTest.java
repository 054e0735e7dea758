package org.stratobox.sync.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.RestorePreview;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.RealFiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TwoDevicesTest {
    @TempDir
    Path base;

    private Account join(Workbench bench, Path folder) throws Exception {
        return bench.engine.init(new InitRequest(base.resolve("home2"), Workbench.phrase(), Workbench.passphrase(),
                "desk", List.of(bench.sources().get(0)), Optional.of(new FolderSource(folder, "main"))));
    }

    @Test
    void secondDeviceWithThePhraseJoinsAndRestoreHasBothDevicesFiles() throws Exception {
        Workbench bench = new Workbench(base, 3);
        Path second = Files.createDirectories(base.resolve("folder2"));
        Files.writeString(bench.folder.resolve("both.txt"), "the same");
        Files.writeString(bench.folder.resolve("laptop.txt"), "from the laptop");
        Files.writeString(second.resolve("both.txt"), "the same");
        Files.writeString(second.resolve("desk.txt"), "from the desk");
        try (Account laptop = bench.init(); Account desk = join(bench, second)) {
            assertEquals(laptop.identity().fingerprint(), desk.identity().fingerprint());
            assertEquals(3, desk.nodes().size(), "it learned of the nodes it was not told");
            assertEquals(FolderMarker.read(new RealFiles(), bench.folder).orElseThrow().folder(),
                    FolderMarker.read(new RealFiles(), second).orElseThrow().folder());
            assertTrue(laptop.sync(p -> {}).published());
            assertTrue(desk.sync(p -> {}).published());
            assertTrue(laptop.check(true, false, p -> {}).isClean());
            assertTrue(desk.check(true, false, p -> {}).isClean());
        }
        try (Restorable found = bench.find(2)) {
            assertEquals(new TreeSet<>(List.of("laptop", "desk")),
                    new TreeSet<>(found.preview().devices().stream().map(RestorePreview.DeviceState::label).toList()));
        }
        Path back = bench.restoreFrom(2);
        assertEquals("the same", Files.readString(back.resolve("both.txt")));
        assertEquals("from the laptop", Files.readString(back.resolve("laptop.txt")));
        assertEquals("from the desk", Files.readString(back.resolve("desk.txt")));
        assertEquals(3, Workbench.files(back).size());
    }

    @Test
    void differentFilesOfOneNameAreBothRestored() throws Exception {
        Workbench bench = new Workbench(base, 2);
        Path second = Files.createDirectories(base.resolve("folder2"));
        Files.writeString(bench.folder.resolve("note.txt"), "laptop's");
        Files.writeString(second.resolve("note.txt"), "desk's, longer");
        try (Account laptop = bench.init(); Account desk = join(bench, second)) {
            laptop.sync(p -> {});
            desk.sync(p -> {});
        }
        List<Path> files = Workbench.files(bench.restoreFrom(1));
        assertEquals(2, files.size(), files::toString);
        assertEquals(List.of("desk's, longer", "laptop's"), Workbench.texts(files).stream().sorted().toList());
    }

    @Test
    void restoreKeepsWhatIsInTheTarget() throws Exception {
        Workbench bench = new Workbench(base, 2);
        Files.writeString(bench.folder.resolve("same.txt"), "same");
        Files.writeString(bench.folder.resolve("other.txt"), "from the mesh");
        Files.writeString(bench.folder.resolve("new.txt"), "new");
        try (Account account = bench.init()) {
            account.sync(p -> {});
        }
        Path target = Files.createDirectories(base.resolve("busy"));
        Files.writeString(target.resolve("same.txt"), "same");
        Files.writeString(target.resolve("other.txt"), "was here first");
        Files.writeString(target.resolve("mine.txt"), "mine");
        try (Restorable found = bench.find(0)) {
            RestoreReport report = found.restore(Workbench.all(target), p -> {});
            assertEquals(List.of(), report.left());
            assertEquals(1, report.kept());
            assertEquals(1, report.beside());
        }
        assertEquals("was here first", Files.readString(target.resolve("other.txt")));
        assertEquals("mine", Files.readString(target.resolve("mine.txt")));
        assertEquals("new", Files.readString(target.resolve("new.txt")));
        List<Path> files = Workbench.files(target);
        assertEquals(5, files.size(), files::toString);
        assertTrue(Workbench.texts(files).contains("from the mesh"));
    }
}
