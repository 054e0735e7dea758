package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.envelope.Suite;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.task.Tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A mesh of memory nodes, one domain each, with everything a store needs under the test's control.
final class TestMesh implements AutoCloseable {
    static final ScopeKey SCOPE = ScopeKey.of(Secret.takeOwnership(new byte[32]));

    final List<MemoryNode> nodes = new ArrayList<>();
    final List<NodeEvidence> evidence = new CopyOnWriteArrayList<>();
    final AtomicLong now = new AtomicLong();
    final Tasks tasks = new Tasks(2);
    final MeshStore store;

    TestMesh(int count) {
        this(count, Duration.ofHours(1));
    }

    /// @param grace how long puts may go on once safe
    TestMesh(int count, Duration grace) {
        for (int i = 0; i < count; i++) {
            nodes.add(new MemoryNode(i, "domain " + i));
        }
        store = store(grace);
    }

    MeshStore store(Duration grace) {
        StorePolicy policy = new StorePolicy(2, grace, Duration.ofSeconds(30), Duration.ofMinutes(15));
        return new MeshStore(nodes, new MeshStore.Tools(tasks, new BufferPool(2), now::get, policy, evidence::add));
    }

    MemoryNode node(PackRecord pack, int share) {
        return nodes.stream().filter(n -> n.id().equals(pack.shares().get(share).node())).findFirst().orElseThrow();
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    List<NodeEvidence.Kind> kinds() {
        return evidence.stream().map(NodeEvidence::kind).toList();
    }

    static Sealer sealer() {
        Random random = new Random(5);
        return new Sealer(SCOPE, Suite.CHACHA20_POLY1305, out -> {
            synchronized (random) {
                random.nextBytes(out);
            }
        });
    }

    /// A pack of `count` envelopes around random bodies of about `size` bytes.
    static FinishedPack pack(int count, int size, long seed) {
        Sealer sealer = sealer();
        PackBuilder builder = new PackBuilder(sealer, 8 << 20);
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] body = new byte[size + random.nextInt(100)];
            random.nextBytes(body);
            SealedObject sealed = sealer.seal(ObjectType.CHUNK, body);
            builder.add(ObjectType.CHUNK, sealed.capability().cid(), sealed.envelope());
        }
        return builder.finish();
    }

    /// Bytes that only look like a pack to the store, of any length; items of 4096 bytes.
    static FinishedPack bytes(int length, long seed) {
        byte[] all = new byte[length];
        new Random(seed).nextBytes(all);
        List<PackItem> items = new ArrayList<>();
        for (int at = 0; at + 4096 <= length; at += 4096) {
            items.add(new PackItem(ObjectType.CHUNK, new Cid(Sha256.of(all, at, 4096)), at, 4096));
        }
        return new FinishedPack(Sha256.of(all), ByteBuffer.wrap(all), items);
    }

    static byte[] array(FinishedPack pack) {
        byte[] out = new byte[pack.length()];
        pack.bytes().duplicate().get(out);
        return out;
    }

    /// Every scripted fault has to have happened.
    @Override
    public void close() {
        tasks.close();
        assertEquals(List.of(), nodes.stream().flatMap(n -> n.unusedFaults().stream()).toList(),
                "faults that never happened");
    }
}
