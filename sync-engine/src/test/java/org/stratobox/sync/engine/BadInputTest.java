package org.stratobox.sync.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Secret;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Requests that cannot be fulfilled: a sentence, and nothing changed.
class BadInputTest {
    @TempDir
    Path base;

    private static StratoboxException refused(Workbench bench, List<NodeSource> nodes, Path folder) {
        return assertThrows(StratoboxException.class, () -> init(bench, nodes, folder).close());
    }

    private static Account init(Workbench bench, List<NodeSource> nodes, Path folder) throws StratoboxException {
        return bench.engine.init(new InitRequest(bench.home(), Workbench.phrase(), Workbench.passphrase(), "laptop",
                nodes, Optional.of(new FolderSource(folder, "main"))));
    }

    private static NodeSource node(String address) {
        return new NodeSource(address, Optional.empty());
    }

    private static void assertSays(StratoboxException e, Reason reason, String part) {
        assertEquals(reason, e.reason(), () -> String.valueOf(e.getMessage()));
        assertTrue(String.valueOf(e.getMessage()).contains(part), () -> String.valueOf(e.getMessage()));
    }

    private static void assertUntouched(Workbench bench) throws Exception {
        assertFalse(Files.exists(bench.home()), "a half-made home is left behind");
        assertFalse(Files.exists(bench.folder.resolve(".stratobox")), "the folder was marked");
    }

    @Test
    void openSaysSoWhenThePassphraseIsWrong() throws Exception {
        Workbench bench = new Workbench(base, 1);
        bench.init().close();
        Map<String, String> before = Workbench.bytesBelow(bench.home());
        StratoboxException e = assertThrows(StratoboxException.class,
                () -> bench.engine.open(bench.home(), Secret.copyOf(new byte[]{1, 2, 3})).close());
        assertSays(e, Reason.WRONG_SECRET, "passphrase");
        assertEquals(before, Workbench.bytesBelow(bench.home()));
        bench.open().close();
    }

    @Test
    void openIsRefusedWhileAnotherHoldsTheHome() throws Exception {
        Workbench bench = new Workbench(base, 1);
        try (Account holder = bench.init()) {
            assertSays(assertThrows(StratoboxException.class, () -> bench.open().close()), Reason.HOME_IN_USE,
                    "Another Stratobox");
            assertTrue(holder.sync(p -> {}).published());
        }
        bench.open().close();
    }

    @Test
    void openSaysSoWhenThereIsNoHome() throws Exception {
        Workbench bench = new Workbench(base, 1);
        assertSays(assertThrows(StratoboxException.class, () -> bench.open().close()), Reason.USAGE,
                "no Stratobox home");
        assertFalse(Files.exists(bench.home()));
    }

    @Test
    void initLeavesNothingWhenTheKindOfNodeIsUnknown() throws Exception {
        Workbench bench = new Workbench(base, 1);
        assertSays(refused(bench, List.of(node("gopher:hole")), bench.folder), Reason.USAGE, "gopher");
        assertSays(refused(bench, List.of(node("no address at all")), bench.folder), Reason.USAGE, "no address at all");
        assertSays(refused(bench, List.of(node("folder:relative/path")), bench.folder), Reason.USAGE, "absolute");
        assertSays(refused(bench, List.of(), bench.folder), Reason.USAGE, "At least one node");
        assertUntouched(bench);
    }

    @Test
    void initLeavesNothingWhenANodeCannotBeReached() throws Exception {
        Workbench bench = new Workbench(base, 1);
        Path absent = base.resolve("not-mounted/node");
        StratoboxException e = refused(bench, List.of(bench.sources().get(0), node("folder:" + absent)), bench.folder);
        assertSays(e, Reason.NO_NODE, "not-mounted");
        assertFalse(Files.exists(absent));
        assertUntouched(bench);
        try (Account account = bench.init()) {
            assertTrue(account.sync(p -> {}).published());
        }
    }

    @Test
    void initLeavesNothingWhenAServerDoesNotAnswer() throws Exception {
        Workbench bench = new Workbench(base, 1);
        // port 1 is reserved and nobody listens there
        assertSays(refused(bench, List.of(node("rest:http://127.0.0.1:1/")), bench.folder), Reason.NO_NODE,
                "127.0.0.1:1");
        assertUntouched(bench);
    }

    @Test
    void initRefusesANodeFolderWithSomebodyElsesFiles() throws Exception {
        Workbench bench = new Workbench(base, 1);
        Files.writeString(bench.nodes.get(0).resolve("holiday.jpg"), "not ours");
        Map<String, String> before = Workbench.bytesBelow(bench.nodes.get(0));
        StratoboxException e = refused(bench, bench.sources(), bench.folder);
        assertSays(e, Reason.USAGE, "node0");
        assertEquals(before, Workbench.bytesBelow(bench.nodes.get(0)));
        assertUntouched(bench);
    }

    @Test
    void initLeavesNothingWhenTheFolderIsMissing() throws Exception {
        Workbench bench = new Workbench(base, 1);
        assertSays(refused(bench, bench.sources(), base.resolve("nowhere")), Reason.USAGE, "nowhere");
        assertUntouched(bench);
        assertEquals(Map.of(), Workbench.bytesBelow(bench.nodes.get(0)));
    }

    @Test
    void initRefusesAFileInPlaceOfAFolder() throws Exception {
        Workbench bench = new Workbench(base, 1);
        Path file = Files.writeString(base.resolve("file"), "x");
        assertSays(refused(bench, bench.sources(), file), Reason.USAGE, "no directory");
        assertUntouched(bench);
    }

    @Test
    void initRefusesAFolderAroundTheHome() throws Exception {
        Workbench bench = new Workbench(base, 1);
        assertSays(refused(bench, bench.sources(), base), Reason.USAGE, "inside one another");
        assertUntouched(bench);
    }

    @Test
    void initKeepsAnExistingHomeAsItIs() throws Exception {
        Workbench bench = new Workbench(base, 1);
        bench.init().close();
        Map<String, String> before = Workbench.bytesBelow(bench.home());
        assertSays(refused(bench, bench.sources(), bench.folder), Reason.USAGE, "already");
        assertEquals(before, Workbench.bytesBelow(bench.home()));
        bench.open().close();
    }

    @Test
    void initKeepsADirectoryWithOtherFilesAsItIs() throws Exception {
        Workbench bench = new Workbench(base, 1);
        Files.createDirectories(bench.home());
        Files.writeString(bench.home().resolve("diary.txt"), "dear diary");
        Map<String, String> before = Workbench.bytesBelow(bench.home());
        assertSays(refused(bench, bench.sources(), bench.folder), Reason.USAGE, "not empty");
        assertEquals(before, Workbench.bytesBelow(bench.home()));
    }

    @Test
    void addFolderRefusesOverlapsAndKnownNames() throws Exception {
        Workbench bench = new Workbench(base, 1);
        Path inner = Files.createDirectories(bench.folder.resolve("inner"));
        Path other = Files.createDirectories(base.resolve("other"));
        try (Account account = bench.init()) {
            assertSays(
                    assertThrows(StratoboxException.class, () -> account.addFolder(new FolderSource(inner, "inner"))),
                    Reason.USAGE, "inside one another");
            assertSays(assertThrows(StratoboxException.class, () -> account.addFolder(new FolderSource(other, "main"))),
                    Reason.USAGE, "main");
            assertEquals(1, account.folders().size());
        }
        assertFalse(Files.exists(inner.resolve(".stratobox")));
        assertFalse(Files.exists(other.resolve(".stratobox")));
    }
}
