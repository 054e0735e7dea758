package org.stratobox.sync.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.FileState.State;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.index.ProofTable.ShareProof;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.ForwardingNode;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What is shown is held against what lies in the directories of nodes that fail, forget and lie (`sync.md` I11, I16).
class TruthTest {
    private static final int NODES = 3;
    private static final int STEPS = 45;

    @TempDir
    Path base;

    /// How a node behaves.
    private enum Mood {
        HONEST, DOWN, FORGETS_WHAT_IT_TAKES, SPOILS_WHAT_IT_TAKES
    }

    private static final class World {
        private final Map<String, Mood> moods = new HashMap<>();
        private final Map<NodeId, Path> places = new HashMap<>();
        private final TestClock clock = new TestClock(1_800_000_000_000L);
        private volatile @Nullable SyncIndex index;

        Mood mood(MeshNode node) {
            return moods.getOrDefault(node.spec().address().location(), Mood.HONEST);
        }

        /// The one of the home is opened first; a restore has one of its own.
        void opened(SyncIndex opened) {
            if (index == null) {
                index = opened;
            }
        }

        SyncIndex index() {
            return Objects.requireNonNull(index);
        }
    }

    private static final class MoodyNode extends ForwardingNode {
        private final World world;

        MoodyNode(MeshNode inner, World world) {
            super(inner);
            this.world = world;
            world.places.put(inner.spec().id(), Path.of(inner.spec().address().location()));
        }

        @Override
        protected <T> T through(Operation<T> operation) throws NodeException {
            if (world.mood(this) == Mood.DOWN) {
                throw new NodeException.Unreachable("down");
            }
            return operation.run();
        }

        @Override
        public PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException {
            Mood mood = world.mood(this);
            if (space != Space.DATA || mood == Mood.HONEST || mood == Mood.DOWN) {
                return super.put(space, name, body);
            }
            if (mood == Mood.SPOILS_WHAT_IT_TAKES) {
                super.put(space, name, body);
                try {
                    spoil(object(Path.of(spec().address().location()), name).orElseThrow());
                } catch (IOException e) {
                    throw new NodeException.Unreachable("test", e);
                }
            }
            return PutResult.STORED;
        }
    }

    private static Optional<Path> object(Path node, ObjectName name) throws IOException {
        String file = name.digest().hex();
        try (Stream<Path> all = Files.walk(node)) {
            return all.filter(p -> p.getFileName().toString().equals(file) && p.toString().contains("/data/"))
                    .findFirst();
        }
    }

    private static void spoil(Path object) throws IOException {
        byte[] bytes = Files.readAllBytes(object);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 0x20;
        }
        Files.delete(object);
        Files.write(object, bytes);
    }

    private static boolean isIntact(Path node, ObjectName name) throws IOException {
        Optional<Path> object = object(node, name);
        return object.isPresent() && ObjectName.of(Files.readAllBytes(object.get())).equals(name);
    }

    private final World world = new World();
    /// When something on a node was damaged behind everybody's back.
    private final Map<Path, Long> damaged = new HashMap<>();

    private Workbench bench() throws IOException {
        return new Workbench(base, NODES, TestEngines.with(world.clock, node -> new MoodyNode(node, world),
                world::opened));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsCalledVerifiedThatWasNotThere(long seed) throws Exception {
        Random random = new Random(seed);
        Workbench bench = bench();
        int verified = 0;
        try (Account account = bench.init()) {
            for (int step = 0; step < STEPS; step++) {
                String did = "seed " + seed + " step " + step + " " + act(random, bench, account);
                assertProofsWereTrue(did);
                verified += assertStatesAreTrue(bench, account, random, did);
            }
            assertAllIsWellInTheEnd(bench, account, "seed " + seed);
        }
        assertTrue(verified > 0, "seed " + seed + ": nothing was ever verified");
    }

    private String act(Random random, Workbench bench, Account account) throws Exception {
        world.clock.pass(60_000);
        Path node = bench.nodes.get(random.nextInt(NODES));
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> write(random, bench);
            case 3, 4, 5 -> sync(account);
            case 6 -> {
                Mood mood = Mood.values()[random.nextInt(Mood.values().length)];
                world.moods.put(node.toString(), mood);
                yield mood + " " + node.getFileName();
            }
            case 7 -> {
                world.moods.clear();
                yield "all honest";
            }
            case 8 -> damage(random, node);
            default -> {
                world.clock.pass(Duration.ofHours(30L * random.nextInt(8)).toMillis());
                yield "time passed";
            }
        };
    }

    private String write(Random random, Workbench bench) throws IOException {
        byte[] bytes = new byte[List.of(100, 20_000, 3_000_000).get(random.nextInt(3))];
        random.nextBytes(bytes);
        Path file = bench.folder.resolve("file" + random.nextInt(5));
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(world.clock.millis() - 30_000));
        return "wrote " + file.getFileName();
    }

    private static String sync(Account account) {
        try {
            return "synced, debts " + account.sync(_ -> {}).debts();
        } catch (StratoboxException e) {
            return "could not sync: " + e.getMessage();
        }
    }

    private String damage(Random random, Path node) throws IOException {
        List<Path> objects;
        try (Stream<Path> all = Files.walk(node)) {
            objects = all.filter(p -> Files.isRegularFile(p) && p.toString().contains("/data/")).sorted().toList();
        }
        if (objects.isEmpty()) {
            return "nothing to damage";
        }
        Path object = objects.get(random.nextInt(objects.size()));
        if (random.nextBoolean()) {
            Files.delete(object);
        } else {
            spoil(object);
        }
        damaged.put(object, world.clock.millis());
        return "damaged " + node.getFileName();
    }

    /// Whatever the index calls proven was right in the node's directory when it was proven.
    private void assertProofsWereTrue(String did) throws Exception {
        for (PackRecord pack : world.index().packs().packs()) {
            for (ShareProof proof : world.index().proofs().proofs(pack.packId())) {
                StoredShare share = pack.shares().stream()
                        .filter(s -> s.index() == proof.share() && s.node().equals(proof.node())).findFirst()
                        .orElseThrow();
                Path node = Objects.requireNonNull(world.places.get(proof.node()));
                if (!isIntact(node, share.name())) {
                    long when = damaged.entrySet().stream()
                            .filter(d -> d.getKey().startsWith(node)
                                    && d.getKey().endsWith(share.name().digest().hex()))
                            .mapToLong(Map.Entry::getValue).max().orElse(Long.MIN_VALUE);
                    assertTrue(when >= proof.wallMillis(), () -> did + ": proven without being there");
                }
            }
        }
    }

    private int assertStatesAreTrue(Workbench bench, Account account, Random random, String did) throws Exception {
        int verified = 0;
        for (Path file : Workbench.files(bench.folder)) {
            String name = bench.folder.relativize(file).toString();
            if (name.startsWith(".stratobox")) {
                continue;
            }
            FileState state = account.fileState("main", name);
            if (state.state() == State.VERIFIED) {
                verified++;
                assertTrue(state.proof().orElseThrow().nodes() >= 2, did);
                long since = state.proof().orElseThrow().oldestMillis();
                if (random.nextInt(6) == 0 && damaged.values().stream().allMatch(when -> when < since)) {
                    assertAnyTwoNodesGiveItBack(bench, file, name, did);
                }
            }
        }
        StatusReport report = account.status();
        if (report.isSafe()) {
            assertEquals(List.of(), account.unsafe(10), did);
        }
        return verified;
    }

    /// Verified on two of three copies means that one of them may be away.
    private void assertAnyTwoNodesGiveItBack(Workbench bench, Path file, String name, String did) throws Exception {
        Map<String, Mood> before = new HashMap<>(world.moods);
        world.moods.clear();
        for (int away = 0; away < NODES; away++) {
            world.moods.put(bench.nodes.get(away).toString(), Mood.DOWN);
            try (Restorable found = bench.find((away + 1) % NODES)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                found.cat("main", name, out);
                assertArrayEquals(Files.readAllBytes(file), out.toByteArray(), did);
            }
            world.moods.clear();
        }
        world.moods.putAll(before);
    }

    /// With honest nodes, a full audit and time for it, everything is found, mended, proven and called safe.
    private void assertAllIsWellInTheEnd(Workbench bench, Account account, String seed) throws Exception {
        world.moods.clear();
        account.sync(_ -> {});
        account.check(true, true, _ -> {});
        account.sync(_ -> {});
        assertProofsWereTrue(seed);
        for (PackRecord pack : world.index().packs().packs()) {
            for (StoredShare share : pack.shares()) {
                assertTrue(isIntact(Objects.requireNonNull(world.places.get(share.node())), share.name()),
                        seed);
            }
        }
        assertEquals(List.of(), account.unsafe(10), seed);
        assertTrue(account.status().isSafe(), () -> seed);
        for (Path file : Workbench.files(bench.folder)) {
            String name = bench.folder.relativize(file).toString();
            if (!name.startsWith(".stratobox")) {
                assertEquals(State.VERIFIED, account.fileState("main", name).state(), seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORGETS_WHAT_IT_TAKES", "SPOILS_WHAT_IT_TAKES"})
    void nodesThatOnlySayTheyStoredItLeaveTheFileUnverified(String mood) throws Exception {
        Workbench bench = bench();
        bench.nodes.subList(0, 2).forEach(n -> world.moods.put(n.toString(), Mood.valueOf(mood)));
        Files.write(bench.folder.resolve("file"), new byte[50_000]);
        try (Account account = bench.init()) {
            assertTrue(account.sync(_ -> {}).debts() > 0);
            assertNotEquals(State.VERIFIED, account.fileState("main", "file").state());
            assertEquals(List.of("file"), account.unsafe(10).stream().map(FileState::path).toList());
            StatusReport report = account.status();
            assertTrue(!report.isSafe() && report.proof().unproven() > 0 && report.unsafePacks() > 0);
            assertEquals(List.of(true, true, false),
                    report.nodes().stream().map(n -> n.holding().debts() > 0).toList());
            world.moods.clear();
            assertEquals(0, account.sync(_ -> {}).debts());
            assertEquals(State.VERIFIED, account.fileState("main", "file").state());
            assertTrue(account.status().isSafe());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dailyAuditFindsWhatANodeLostAndBringsItBack(boolean listing) throws Exception {
        Workbench bench = bench();
        Files.write(bench.folder.resolve("file"), new byte[50_000]);
        try (Account account = bench.init()) {
            account.sync(_ -> {});
            assertTrue(account.status().isSafe());
            for (Path object : Workbench.files(bench.nodes.get(1))) {
                if (object.toString().contains("/data/")) {
                    Files.delete(object);
                }
            }
            account.sync(_ -> {});
            assertTrue(account.status().isSafe(), "nobody can know yet");
            world.clock.pass(Duration.ofDays(listing ? 8 : 1).toMillis());
            world.moods.put(bench.nodes.get(1).toString(), Mood.FORGETS_WHAT_IT_TAKES);
            account.sync(_ -> {});
            assertTrue(!account.status().isSafe());
            world.moods.clear();
            account.sync(_ -> {});
            assertTrue(account.status().isSafe());
            assertProofsWereTrue("after the audit");
        }
    }
}
