package org.stratobox.sync.health;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.health.Checker.Action;
import org.stratobox.sync.health.Checker.Depth;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.NodeId;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CheckerTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
    @TempDir
    private Path home;
    private TestAccount account;
    private Capability commit;

    @BeforeEach
    void open() throws Exception {
        account = new TestAccount(home, 2);
        Map<String, Entry> entries = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            entries.put("dir/file " + i, account.file(TestAccount.bytes(10_000 * (i + 1), i)));
        }
        commit = account.commit(account.tree(entries));
        account.publish();
        account.mesh.storeReplicated(Space.KEYS, ByteBuffer.wrap(
                account.accountSealer().seal(ObjectType.ACCOUNT_RECORD, new byte[100]).envelope()));
        account.mesh.storeReplicated(Space.HEAD,
                ByteBuffer.wrap(account.accountSealer().seal(ObjectType.HEAD, new byte[50]).envelope()));
    }

    @AfterEach
    void close() {
        account.close();
    }

    private CheckReport check(Depth depth, Action action) throws Exception {
        return check(depth, action, account.nodes);
    }

    private CheckReport check(Depth depth, Action action, List<MeshNode> nodes) throws Exception {
        Map<NodeId, String> addresses = new HashMap<>();
        nodes.forEach(n -> addresses.put(n.spec().id(), n.spec().address().toString()));
        Checker checker = new Checker(new Checker.Parts(account.index(), account.store(nodes), nodes, addresses,
                account.accountScope, account.accountSealer(), account.tasks, Clock.fixed(NOW, ZoneOffset.UTC),
                () -> 0));
        CheckReport report = checker.check(List.of(commit), depth, action, _ -> {});
        for (CheckReport.Finding finding : report.findings()) {
            String text = finding.message() + finding.fix();
            assertFalse(text.contains("shard") || text.contains("blob") || text.contains("dir/"), text);
        }
        return report;
    }

    private static String summary(CheckReport report) {
        List<String> out = report.findings().stream()
                .map(f -> f.severity() + " " + f.subject() + (f.mended() ? " mended" : "")).sorted().toList();
        return String.join(", ", out);
    }

    private void assertCleanNow() throws Exception {
        CheckReport after = check(Depth.EVERY_BYTE, Action.REPORT);
        assertEquals(List.of(), after.findings());
        assertEquals(List.of(), account.index().packs().debts());
        assertEquals(List.of(), account.index().packs().copyDebts());
        assertEquals(Optional.of(NOW.toEpochMilli()), account.index().proofs().totals().oldestMillis());
    }

    private static void truncate(Path object) throws Exception {
        try (FileChannel channel = FileChannel.open(object, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    @Test
    void checkOfASoundAccountFindsNothing() throws Exception {
        CheckReport report = check(Depth.LISTED, Action.REPORT);
        assertEquals(List.of(), report.findings());
        assertTrue(report.packs() > 0 && report.shares() == 2 * report.packs() && report.bytesRead() == 0);
        assertEquals(Optional.empty(), account.index().proofs().totals().oldestMillis(), "a listing proves nothing");
        assertTrue(check(Depth.EVERY_BYTE, Action.REPORT).bytesRead() > 2_000_000);
        assertCleanNow();
    }

    @Test
    void checkFindsAndMendsAMissingObject() throws Exception {
        Files.delete(account.objects(1, Space.DATA).getFirst());
        CheckReport found = check(Depth.LISTED, Action.REPORT);
        assertEquals("WARNING folder:node1", summary(found));
        assertEquals(1, account.index().packs().debts().size(), "so that the status is true");
        CheckReport mended = check(Depth.LISTED, Action.REPAIR);
        assertEquals("WARNING folder:node1 mended", summary(mended));
        assertTrue(mended.isClean());
        assertCleanNow();
    }

    @Test
    void checkFindsAndMendsATruncatedObject() throws Exception {
        truncate(account.objects(0, Space.DATA).getFirst());
        assertEquals("WARNING folder:node0", summary(check(Depth.LISTED, Action.REPORT)));
        assertEquals("WARNING folder:node0 mended", summary(check(Depth.LISTED, Action.REPAIR)));
        assertCleanNow();
    }

    @Test
    void checkFindsAFlippedByteOnlyByReading() throws Exception {
        TestAccount.flip(account.objects(0, Space.DATA).getFirst());
        assertEquals("", summary(check(Depth.LISTED, Action.REPORT)));
        assertEquals("WARNING folder:node0", summary(check(Depth.EVERY_BYTE, Action.REPORT)));
        assertEquals(Optional.empty(), account.index().proofs().totals().oldestMillis());
        assertEquals("WARNING folder:node0 mended", summary(check(Depth.EVERY_BYTE, Action.REPAIR)));
        assertEquals(Optional.of(NOW.toEpochMilli()), account.index().proofs().totals().oldestMillis());
        assertCleanNow();
    }

    @Test
    void checkFindsAndMendsMissingAndDamagedRecords() throws Exception {
        Files.delete(account.objects(0, Space.INDEX).getFirst());
        Files.delete(account.objects(1, Space.HEAD).getFirst());
        truncate(account.objects(1, Space.KEYS).getFirst());
        assertEquals("WARNING folder:node0, WARNING folder:node1, WARNING folder:node1",
                summary(check(Depth.LISTED, Action.REPORT)));
        assertEquals(3, account.index().packs().copyDebts().size());
        assertEquals("WARNING folder:node0 mended, WARNING folder:node1 mended, WARNING folder:node1 mended",
                summary(check(Depth.LISTED, Action.REPAIR)));
        assertCleanNow();
    }

    @Test
    void checkWritesTheIndexAgainWhenAllItsObjectsAreGone() throws Exception {
        for (int node = 0; node < 2; node++) {
            Files.delete(account.objects(node, Space.INDEX).getFirst());
        }
        assertEquals("ERROR index", summary(check(Depth.LISTED, Action.REPORT)));
        assertEquals("ERROR index mended", summary(check(Depth.LISTED, Action.REPAIR)));
        assertCleanNow();
    }

    @Test
    void checkSaysWhatCannotBeReadAnyMore() throws Exception {
        String name = account.objects(0, Space.DATA).getFirst().getFileName().toString();
        for (int node = 0; node < 2; node++) {
            for (Path object : account.objects(node, Space.DATA)) {
                if (object.getFileName().toString().equals(name)) {
                    Files.delete(object);
                }
            }
        }
        String found = summary(check(Depth.LISTED, Action.REPAIR));
        assertTrue(found.contains("ERROR folder:node0, ERROR folder:node1"), found);
        assertTrue(found.contains("ERROR docs") || found.contains("ERROR index"), found);
        assertFalse(found.contains("mended"), found);
    }

    @Test
    void checkCallsAnUnreachableNodeUnknownAndNothingVerified() throws Exception {
        Path away = home.resolve("away");
        Files.move(account.accountOf(1), away);
        CheckReport report = check(Depth.EVERY_BYTE, Action.REPAIR);
        assertEquals("WARNING folder:node1", summary(report));
        assertEquals(List.of(), account.index().packs().debts(), "nothing is known, so nothing is owed");
        assertEquals(Optional.empty(), account.index().proofs().totals().oldestMillis());
        Files.move(away, account.accountOf(1));
        assertCleanNow();
    }

    @Test
    void checkTellsOfANodeThatRefusesToBeMended() throws Exception {
        TestAccount.flip(account.objects(1, Space.DATA).getFirst());
        AtomicInteger refused = new AtomicInteger();
        MeshNode real = account.nodes.get(1);
        MeshNode appendOnly = (MeshNode) Proxy.newProxyInstance(MeshNode.class.getClassLoader(),
                new Class<?>[]{MeshNode.class}, (_, method, arguments) -> {
                    if (method.getName().equals("delete")) {
                        refused.incrementAndGet();
                        throw new NodeException.Refused("append-only");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        CheckReport report = check(Depth.EVERY_BYTE, Action.REPAIR, List.of(account.nodes.getFirst(), appendOnly));
        assertEquals("WARNING folder:node1, WARNING folder:node1", summary(report));
        assertTrue(report.findings().stream().anyMatch(f -> f.message().contains("does not let it be removed")));
        assertEquals(1, refused.get());
        assertEquals(1, account.index().packs().debts().size());
    }
}
