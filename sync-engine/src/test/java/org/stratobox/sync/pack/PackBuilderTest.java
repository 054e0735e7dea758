package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.object.PackContents;
import org.stratobox.sync.object.PackItem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PackBuilderTest {
    private final Sealer sealer = TestMesh.sealer();

    @Test
    void contentsGivesBackWhatFinishWrote() throws PackException {
        FinishedPack pack = TestMesh.pack(7, 9_000, 1);
        byte[] bytes = TestMesh.array(pack);
        assertEquals(Sha256.of(bytes), pack.id());
        assertEquals(pack.items(), read(bytes).items());
        assertEquals(7, pack.items().size());
        for (PackItem item : pack.items()) {
            byte[] envelope = Arrays.copyOfRange(bytes, item.offset(), item.offset() + item.length());
            assertEquals(item.cid(), Cid.ofEnvelope(envelope));
        }
        assertEquals("SBXP", new String(bytes, bytes.length - 4, 4, java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void contentsNeedsTheTailOnly() throws PackException {
        byte[] bytes = TestMesh.array(TestMesh.pack(30, 20_000, 2));
        List<Integer> offsets = new ArrayList<>();
        new PackReader(TestMesh.SCOPE).contents(bytes.length, (offset, length) -> {
            offsets.add(offset);
            return Arrays.copyOfRange(bytes, offset, offset + length);
        });
        assertEquals(List.of(bytes.length - 8, bytes.length - 8 - 4096), offsets);
    }

    @Test
    void addFillsThePackUpToItsCapacityAndNoFurther() {
        PackBuilder builder = new PackBuilder(sealer, 64 << 10);
        int count = 0;
        for (SealedObject next = chunk(count); builder.fits(next.envelope().length); next = chunk(++count)) {
            builder.add(ObjectType.CHUNK, next.capability().cid(), next.envelope());
        }
        SealedObject tooMuch = chunk(count);
        assertThrows(IllegalStateException.class,
                () -> builder.add(ObjectType.CHUNK, tooMuch.capability().cid(), tooMuch.envelope()));
        FinishedPack pack = builder.finish();
        assertEquals(count, pack.items().size());
        assertTrue(pack.length() <= 64 << 10);
        assertTrue(pack.length() + 4096 > 64 << 10, "room for another one was left");
    }

    @Test
    void theTableOfTheFullestPackFitsInOneEnvelope() {
        List<PackItem> items = new ArrayList<>();
        for (int i = 0; i < PackBuilder.MOST_ITEMS; i++) {
            Cid cid = new Cid(Sha256.of(ByteBuffer.allocate(4).putInt(i).array()));
            items.add(new PackItem(ObjectType.KEYSTORE, cid, (64 << 20) - 4096, 4096));
        }
        byte[] table = new PackContents(items).encode();
        assertTrue(table.length <= 16 + 48 * PackBuilder.MOST_ITEMS, "the builder's estimate is too small");
        assertTrue(sealer.seal(ObjectType.PACK_CONTENTS, table).envelope().length <= 1 << 20);
    }

    @Test
    void resetStartsAnotherPackInTheSameBuffer() throws PackException {
        PackBuilder builder = new PackBuilder(sealer, 64 << 10);
        builder.add(ObjectType.CHUNK, chunk(1).capability().cid(), chunk(1).envelope());
        builder.add(ObjectType.CHUNK, chunk(2).capability().cid(), chunk(2).envelope());
        builder.finish();
        assertFalse(builder.fits(4096));
        assertThrows(IllegalStateException.class, builder::finish);
        builder.reset();
        assertEquals(0, builder.length());
        assertThrows(IllegalStateException.class, builder::finish);
        builder.add(ObjectType.TREE, chunk(1).capability().cid(), chunk(1).envelope());
        assertTrue(builder.holds(chunk(1).capability().cid()));
        FinishedPack second = builder.finish();
        assertEquals(List.of(new PackItem(ObjectType.TREE, chunk(1).capability().cid(), 0, 4096)), second.items());
        assertEquals(second.items(), read(TestMesh.array(second)).items());
    }

    @Test
    void addRefusesWhatIsInThePackAlready() {
        PackBuilder builder = new PackBuilder(sealer, 64 << 10);
        SealedObject chunk = chunk(1);
        builder.add(ObjectType.CHUNK, chunk.capability().cid(), chunk.envelope());
        assertThrows(IllegalArgumentException.class,
                () -> builder.add(ObjectType.CHUNK, chunk.capability().cid(), chunk.envelope()));
    }

    @Test
    void contentsRefusesWhenTheTailIsDamaged() {
        byte[] good = TestMesh.array(TestMesh.pack(3, 5_000, 3));
        int trailer = good.length - 8;
        for (int at : new int[]{trailer - 1, trailer - 2000, trailer, trailer + 1, trailer + 2, trailer + 3,
            trailer + 4, trailer + 7}) {
            assertMalformed(good, b -> {
                b[at] ^= 0x40;
                return b;
            });
        }
        assertMalformed(good, b -> Arrays.copyOf(b, b.length - 1));
        assertMalformed(good, b -> Arrays.copyOfRange(b, 4096, b.length));
        assertMalformed(good, b -> Arrays.copyOf(b, b.length + 4096));
        assertMalformed(good, _ -> new byte[8200]);
        assertMalformed(good, _ -> new byte[0]);
    }

    @Test
    void contentsRefusesWhenThePackIsOfAnotherAccount() {
        byte[] bytes = TestMesh.array(TestMesh.pack(3, 5_000, 3));
        ScopeKey other = ScopeKey.of(Secret.takeOwnership(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8,
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}));
        assertThrows(PackException.Malformed.class, () -> new PackReader(other).contents(bytes.length,
                (offset, length) -> Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    @Test
    void contentsRefusesWhenTheTableDoesNotDescribeThePack() throws PackException {
        Cid a = new Cid(Sha256.of(new byte[]{1}));
        Cid b = new Cid(Sha256.of(new byte[]{2}));
        assertEquals(2, read(withTable(item(a, 0, 4096), item(b, 4096, 4096))).items().size());
        assertRefused(withTable(item(a, 0, 4096)));
        assertRefused(withTable(item(a, 0, 4096), item(b, 4096, 4352)));
        assertRefused(withTable(item(a, 0, 4096), item(b, 4000, 4096)));
        assertRefused(withTable(item(a, 0, 4096), item(a, 4096, 4096)));
        assertRefused(withTable(item(a, 0, 8192), item(b, 8192, 4096)));
        assertRefused(withTable(item(b, 4096, 4096), item(a, 0, 4096)));
        assertRefused(withTable());
    }

    @Test
    void aPoolGivesABufferAgainWhenItFits() {
        BufferPool pool = new BufferPool(1);
        ByteBuffer first = pool.take(100);
        pool.give(first);
        ByteBuffer again = pool.take(80);
        assertEquals(100, again.capacity());
        assertEquals(80, again.limit());
        assertEquals(200, pool.take(200).capacity());
        pool.give(again);
        assertEquals(10, pool.take(10).capacity(), "a large buffer is not wasted on a small need");
    }

    private SealedObject chunk(int number) {
        return sealer.seal(ObjectType.CHUNK, new byte[]{(byte) number, 1, 2, 3});
    }

    private static PackItem item(Cid cid, int offset, int length) {
        return new PackItem(ObjectType.CHUNK, cid, offset, length);
    }

    /// A pack of 8192 bytes of envelopes with any table.
    private byte[] withTable(PackItem... items) {
        byte[] table = sealer.seal(ObjectType.PACK_CONTENTS, new PackContents(List.of(items)).encode()).envelope();
        return ByteBuffer.allocate(8192 + table.length + 8).position(8192).put(table).putInt(table.length)
                .put(new byte[]{'S', 'B', 'X', 'P'}).array();
    }

    private static PackContents read(byte[] bytes) throws PackException {
        return new PackReader(TestMesh.SCOPE).contents(bytes.length,
                (offset, length) -> Arrays.copyOfRange(bytes, offset, offset + length));
    }

    private static void assertMalformed(byte[] good, UnaryOperator<byte[]> damage) {
        assertRefused(damage.apply(good.clone()));
    }

    private static void assertRefused(byte[] bytes) {
        assertThrows(PackException.Malformed.class, () -> read(bytes));
    }
}
