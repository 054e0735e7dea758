package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.SyncReport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LostNodesTest {
    private static final int NODES = 5;

    @TempDir
    Path base;

    private Workbench synced() throws Exception {
        // without retries: a node that is gone stays gone here
        Workbench bench = new Workbench(base, NODES, TestEngines.withNodes(node -> node));
        bench.fill(5, 60);
        try (Account account = bench.init()) {
            assertEquals(0, account.sync(p -> {}).debts());
        }
        return bench;
    }

    /// Every choice of so many nodes.
    private static List<List<Integer>> choices(int count) {
        List<List<Integer>> choices = new ArrayList<>();
        for (int bits = 0; bits < 1 << NODES; bits++) {
            int set = bits;
            if (Integer.bitCount(set) == count) {
                choices.add(IntStream.range(0, NODES).filter(i -> (set >> i & 1) != 0).boxed().toList());
            }
        }
        return choices;
    }

    private static Path away(Path node) {
        return node.resolveSibling(node.getFileName() + ".away");
    }

    @Test
    void anyThreeOfFiveNodesMayBeWiped() throws Exception {
        Workbench bench = synced();
        SortedMap<String, String> original = Workbench.tree(bench.folder);
        List<List<Integer>> triples = choices(3);
        assertEquals(10, triples.size());
        for (List<Integer> lost : triples) {
            for (int i : lost) {
                Files.move(bench.nodes.get(i), away(bench.nodes.get(i)));
                Files.createDirectories(bench.nodes.get(i));
            }
            int living = IntStream.range(0, NODES).filter(i -> !lost.contains(i)).findFirst().orElseThrow();
            Path target = base.resolve("back" + lost);
            try (Restorable found = bench.find(living)) {
                RestoreReport report = found.restore(Workbench.all(target), p -> {});
                assertEquals(List.of(), report.left(), () -> "without " + lost);
            }
            assertEquals(original, Workbench.tree(target), () -> "without " + lost);
            for (int i : lost) {
                Files.delete(bench.nodes.get(i));
                Files.move(away(bench.nodes.get(i)), bench.nodes.get(i));
            }
        }
    }

    private static int flipInEveryObject(Path node) throws IOException {
        List<Path> objects;
        try (Stream<Path> all = Files.walk(node)) {
            objects = all.filter(Files::isRegularFile).filter(p -> p.toString().contains("/data/")).toList();
        }
        for (Path object : objects) {
            byte[] bytes = Files.readAllBytes(object);
            // one byte in each 4 KiB, so that every range that is read holds a wrong one
            for (int i = 7; i < bytes.length; i += 4096) {
                bytes[i] ^= 0x20;
            }
            Files.delete(object);
            Files.write(object, bytes);
        }
        return objects.size();
    }

    @Test
    void wrongBytesOfAnyTwoNodesAreDetectedAndWhoServedThemIsNamed() throws Exception {
        Workbench bench = synced();
        SortedMap<String, String> original = Workbench.tree(bench.folder);
        int bothNamed = 0;
        for (List<Integer> bad : choices(2)) {
            for (int i : bad) {
                Workbench.copy(bench.nodes.get(i), away(bench.nodes.get(i)));
                assertTrue(flipInEveryObject(bench.nodes.get(i)) > 0);
            }
            Set<String> addresses = new TreeSet<>(bad.stream().map(i -> bench.sources().get(i).address()).toList());
            Path target = base.resolve("back" + bad);
            try (Restorable found = bench.find(0)) {
                RestoreReport report = found.restore(Workbench.all(target), p -> {});
                assertEquals(List.of(), report.left(), () -> "bad " + bad);
                assertTrue(addresses.containsAll(report.badNodes()), () -> bad + " but named " + report.badNodes());
                bothNamed += addresses.equals(new TreeSet<>(report.badNodes())) ? 1 : 0;
            }
            assertEquals(original, Workbench.tree(target), () -> "bad " + bad);
            for (int i : bad) {
                Workbench.remove(bench.nodes.get(i));
                Files.move(away(bench.nodes.get(i)), bench.nodes.get(i));
            }
        }
        // two shares of five are read, so only who keeps one of those can be noticed by a restore
        assertTrue(bothNamed > 0);
    }

    @Test
    void checkNamesBothNodesThatServeWrongBytesAndRepairMends() throws Exception {
        Workbench bench = synced();
        flipInEveryObject(bench.nodes.get(1));
        flipInEveryObject(bench.nodes.get(3));
        Set<String> bad = new TreeSet<>(List.of(bench.sources().get(1).address(), bench.sources().get(3).address()));
        try (Account account = bench.open()) {
            CheckReport found = account.check(true, false, p -> {});
            assertFalse(found.isClean());
            assertEquals(bad, new TreeSet<>(found.findings().stream().map(CheckReport.Finding::subject).toList()),
                    () -> found.findings().toString());
            account.check(true, true, p -> {});
            CheckReport after = account.check(true, false, p -> {});
            assertEquals(List.of(), after.findings());
        }
    }

    @Test
    void nodeThatWasAwayIsPaidWhatItIsOwed() throws Exception {
        Workbench bench = new Workbench(base, NODES, TestEngines.withNodes(node -> node));
        bench.fill(6, 50);
        Path absent = bench.nodes.get(2);
        try (Account account = bench.init()) {
            Files.move(absent, away(absent));
            SyncReport without = account.sync(p -> {});
            assertTrue(without.debts() > 0);
            StatusReport status = account.status();
            assertFalse(status.isSafe());
            assertEquals(without.debts(), status.debts());
            assertFalse(Files.exists(absent), "a folder node that is not there is never made again");
        }
        Files.move(away(absent), absent);
        try (Account account = bench.open()) {
            SyncReport paid = account.sync(p -> {});
            assertEquals(0, paid.debts());
            assertEquals(0, paid.filesIngested());
            assertTrue(account.status().isSafe(), () -> "debts " + paid.debts());
            CheckReport check = account.check(true, false, p -> {});
            assertEquals(List.of(), check.findings());
        }
    }
}
