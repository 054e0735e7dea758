package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.pack.coding.CodingProfile;
import org.stratobox.sync.pack.coding.MerkleTree;
import org.stratobox.sync.pack.coding.ReedSolomon;
import org.stratobox.sync.pack.coding.Region;
import org.stratobox.sync.pack.coding.ShareLayout;
import org.stratobox.sync.task.Tasks;

/// The shares of a pack in memory. Data shares are views of the pack; only parity and the share with the padding are new
/// bytes, in one buffer from the pool that goes back on [#close].
final class EncodedPack implements AutoCloseable {
    /// One job of the encoder: long enough to be worth a thread change, short enough for all cores to have some.
    private static final int STRIPE = 1 << 20;

    private final BufferPool pool;
    private final ByteBuffer extra;
    private final List<CodedShare> shares;

    private EncodedPack(BufferPool pool, ByteBuffer extra, List<CodedShare> shares) {
        this.pool = pool;
        this.extra = extra;
        this.shares = shares;
    }

    /// @param finished its bytes are over an array
    static EncodedPack encode(FinishedPack finished, CodingProfile profile, MeshStore.Tools tools)
            throws InterruptedException {
        ByteBuffer pack = finished.bytes();
        ShareLayout layout = new ShareLayout(profile, pack.remaining());
        int length = layout.shareLength();
        int views = profile.isCopies() ? 1 : pack.remaining() / length;
        int made = profile.isCopies() ? 0 : profile.n() - views;
        ByteBuffer extra = tools.buffers().take(Math.multiplyExact(made, length));
        try {
            List<ByteBuffer> bytes = new ArrayList<>();
            IntStream.range(0, views).forEach(i -> bytes.add(pack.slice(pack.position() + i * length, length)));
            IntStream.range(0, made).forEach(i -> bytes.add(extra.slice(i * length, length)));
            IntStream.range(views, profile.isCopies() ? 0 : profile.k())
                    .forEach(i -> pad(pack, i * length, bytes.get(i)));
            if (!profile.isCopies()) {
                makeParity(profile, bytes, tools.tasks());
            }
            return new EncodedPack(tools.buffers(), extra, named(finished, profile, bytes, tools.tasks()));
        } catch (InterruptedException | RuntimeException e) {
            tools.buffers().give(extra);
            throw e;
        }
    }

    List<CodedShare> shares() {
        return shares;
    }

    @Override
    public void close() {
        pool.give(extra);
    }

    private static void pad(ByteBuffer pack, int from, ByteBuffer share) {
        int payload = Math.clamp(pack.remaining() - (long) from, 0, share.remaining());
        share.put(0, pack, pack.position() + Math.min(from, pack.remaining()), payload);
        for (int i = payload; i < share.limit(); i++) {
            share.put(i, (byte) 0);
        }
    }

    private static void makeParity(CodingProfile profile, List<ByteBuffer> bytes, Tasks tasks)
            throws InterruptedException {
        ReedSolomon coder = new ReedSolomon(profile);
        int length = bytes.getFirst().remaining();
        List<Tasks.Job<Integer, RuntimeException>> jobs = new ArrayList<>();
        for (int at = 0; at < length; at += STRIPE) {
            NavigableMap<Integer, Region> data = new TreeMap<>();
            NavigableMap<Integer, Region> parity = new TreeMap<>();
            for (int i = 0; i < profile.n(); i++) {
                (i < profile.k() ? data : parity).put(i, Region.of(bytes.get(i)).plus(at));
            }
            int size = Math.min(STRIPE, length - at);
            jobs.add(() -> {
                coder.make(data, parity, size);
                return size;
            });
        }
        Tasks.all(tasks.cpu(), jobs);
    }

    private static List<CodedShare> named(FinishedPack pack, CodingProfile profile, List<ByteBuffer> bytes, Tasks tasks)
            throws InterruptedException {
        if (profile.isCopies()) {
            // a copy is the pack itself, so its name is known
            ByteBuffer copy = bytes.getFirst();
            Digest256 root = MerkleTree.of(copy).root();
            return Stream.iterate(0, i -> i + 1).limit(profile.n())
                    .map(i -> new CodedShare(i, copy, new ObjectName(pack.id()), root)).toList();
        }
        List<Tasks.Job<CodedShare, RuntimeException>> jobs = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i++) {
            int index = i;
            jobs.add(() -> named(index, bytes.get(index)));
        }
        return Tasks.all(tasks.cpu(), jobs);
    }

    private static CodedShare named(int index, ByteBuffer bytes) {
        return new CodedShare(index, bytes, ObjectName.of(bytes), MerkleTree.of(bytes).root());
    }
}
