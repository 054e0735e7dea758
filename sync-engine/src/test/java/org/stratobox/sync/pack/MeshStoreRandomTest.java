package org.stratobox.sync.pack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.Cid;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Random nodes die, come back, lose their disks or rot, while packs are stored, read and repaired. The model is simple: what
/// is on the nodes decides whether a pack can be read; a read is right or fails, and it fails only if it has to.
@Timeout(120)
class MeshStoreRandomTest {
    private static final int LENGTH = 300 << 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void readsAreRightOrFailOnlyWhenTheyMust(long seed) throws Exception {
        Random random = new Random(seed);
        try (TestMesh mesh = new TestMesh(2 + random.nextInt(6))) {
            Run run = new Run(mesh, random, "seed " + seed);
            for (int step = 0; step < 120; step++) {
                run.step();
            }
            mesh.nodes.forEach(MemoryNode::heal);
        }
    }

    private static final class Run {
        private final TestMesh mesh;
        private final Random random;
        private final String seed;
        private final List<PackRecord> packs = new ArrayList<>();
        private final Set<MemoryNode> dead = new HashSet<>();

        Run(TestMesh mesh, Random random, String seed) {
            this.mesh = mesh;
            this.random = random;
            this.seed = seed;
        }

        void step() throws InterruptedException {
            MemoryNode node = mesh.nodes.get(random.nextInt(mesh.nodes.size()));
            mesh.pass(Duration.ofSeconds(random.nextInt(60)));
            switch (random.nextInt(8)) {
                case 0 -> kill(node);
                case 1 -> revive(node);
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        node.forget(Space.DATA);
                    }
                }
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        node.tamper(Space.DATA, b -> flip(b, random.nextInt(b.length)));
                    }
                }
                case 4, 5 -> store();
                case 6 -> repair();
                default -> read();
            }
        }

        private void kill(MemoryNode node) {
            if (dead.add(node)) {
                node.dead();
            }
        }

        private void revive(MemoryNode node) {
            dead.remove(node);
            node.heal();
        }

        private void store() throws InterruptedException {
            FinishedPack pack = TestMesh.bytes(LENGTH + random.nextInt(5000), random.nextLong());
            try {
                StoredPack stored = mesh.store.store(pack);
                packs.add(stored.record());
                int safe = Profiles.forPack(mesh.nodes.size(), LENGTH).safeShares();
                assertTrue(intact(stored.record()) >= safe, seed);
                assertEquals(stored.record().n() - stored.debts().size(), intact(stored.record()), seed);
            } catch (PackException.NotSafe e) {
                assertTrue(mesh.nodes.size() - dead.size() < e.needed(), seed + ": " + e.getMessage());
            }
        }

        private void read() throws InterruptedException {
            if (packs.isEmpty()) {
                return;
            }
            PackRecord pack = packs.get(random.nextInt(packs.size()));
            PackItem item = pack.items().get(random.nextInt(pack.items().size()));
            try {
                assertEquals(item.cid(), Cid.ofEnvelope(mesh.store.readEnvelope(pack, item)), seed);
            } catch (PackException.Unreadable e) {
                assertTrue(intact(pack) < pack.k(), seed + ": " + e.getMessage());
            } catch (PackException e) {
                throw new AssertionError(seed, e);
            }
        }

        private void repair() throws InterruptedException {
            if (packs.isEmpty()) {
                return;
            }
            PackRecord pack = packs.get(random.nextInt(packs.size()));
            boolean readable = intact(pack) >= pack.k();
            List<Debt.OfShare> debts = pack.shares().stream()
                    .map(s -> new Debt.OfShare(pack.packId(), s.index(), s.node())).toList();
            try {
                DebtOutcome<Debt.OfShare> outcome = mesh.store.payDebts(pack, debts);
                assertEquals(intact(pack), outcome.paid().size(), seed);
                if (readable) {
                    assertEquals(dead.size(), outcome.open().size(), seed);
                }
            } catch (PackException.Malformed e) {
                throw new AssertionError(seed, e);
            }
        }

        /// What can be had right now, seen from outside.
        private int intact(PackRecord pack) {
            int count = 0;
            for (StoredShare share : pack.shares()) {
                MemoryNode node = mesh.node(pack, share.index());
                byte[] bytes = node.at(Space.DATA).getOrDefault(share.name(), new byte[0]);
                if (!dead.contains(node) && ObjectName.of(bytes).equals(share.name())) {
                    count++;
                }
            }
            return count;
        }

        private static byte[] flip(byte[] bytes, int at) {
            byte[] out = bytes.clone();
            out[at] ^= 4;
            return out;
        }
    }
}
