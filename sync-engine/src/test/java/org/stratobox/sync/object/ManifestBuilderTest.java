package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ManifestBuilderTest {
    private final MemoryObjects objects = new MemoryObjects();
    private final RandomObjects random = new RandomObjects(1);
    private final Capability any = random.cap();

    private Capability build(int chunks) throws ObjectException {
        ManifestBuilder<ObjectException> builder = new ManifestBuilder<>(2, objects);
        for (int i = 0; i < chunks; i++) {
            builder.add(new ChunkRef(any, 1 + i % 997));
        }
        assertEquals(size(chunks), builder.size());
        return builder.finish();
    }

    private static long size(int chunks) {
        long size = 0;
        for (int i = 0; i < chunks; i++) {
            size += 1 + i % 997;
        }
        return size;
    }

    private List<ChunkRef> read(Capability manifest, long size) throws ObjectException {
        List<ChunkRef> chunks = new ArrayList<>();
        long[] next = new long[1];
        new ManifestReader<>(objects).forEach(manifest, size, (offset, chunk) -> {
            assertEquals(next[0], offset);
            next[0] += chunk.length();
            chunks.add(chunk);
        });
        assertEquals(size, next[0]);
        return chunks;
    }

    @Test
    void readerGivesBackTheChunksOfOneManifest() throws ObjectException {
        assertEquals(10_000, read(build(10_000), size(10_000)).size());
        assertEquals(1, objects.count());
    }

    @Test
    void readerGivesBackTheChunksOfAManifestIndex() throws ObjectException {
        assertEquals(25_001, read(build(25_001), size(25_001)).size());
        assertEquals(4, objects.count());
    }

    @Test
    void readerRefusesAnotherSize() throws ObjectException {
        Capability manifest = build(10);
        assertThrows(ObjectException.class, () -> read(manifest, size(10) + 1));
    }

    @Test
    void readerRefusesMissingAndDoubledParts() {
        Manifest part = new Manifest(5, 1, List.of(new ChunkRef(any, 5)));
        Capability sealed = objects.seal(ObjectType.MANIFEST_INDEX, part.encode());
        for (List<Capability> parts : List.of(List.of(sealed), List.of(sealed, sealed, sealed))) {
            Capability top = objects.seal(ObjectType.MANIFEST, new ManifestIndex(10, 1, parts).encode());
            assertThrows(ObjectException.class, () -> read(top, 10));
        }
    }

    @Test
    void readerRefusesAPartOfAnotherChunker() {
        Manifest part = new Manifest(5, 2, List.of(new ChunkRef(any, 5)));
        Capability sealed = objects.seal(ObjectType.MANIFEST_INDEX, part.encode());
        Capability top = objects.seal(ObjectType.MANIFEST, new ManifestIndex(5, 1, List.of(sealed)).encode());
        assertThrows(ObjectException.class, () -> read(top, 5));
    }

    @Test
    void readerRefusesCyclesAndNestingDeeperThanThree() {
        ManifestIndex self = new ManifestIndex(5, 1, List.of(any));
        ManifestReader<ObjectException> reader = new ManifestReader<>((type, capability) -> self.encode());
        ObjectException e = assertThrows(ObjectException.class, () -> reader.forEach(any, 5, (offset, chunk) -> {}));
        assertEquals(ObjectException.Reason.TOO_LARGE, e.reason());
    }

    @Test
    void decodeRefusesSizesThatDoNotAddUpAndImpossibleNumbers() {
        byte[] good = new Manifest(5, 1, List.of(new ChunkRef(any, 5))).encode();
        byte[] size = good.clone();
        size[2] = 6;
        assertThrows(ObjectException.class, () -> FileManifest.decode(size));
        byte[] chunker = good.clone();
        chunker[4] = 3;
        assertThrows(ObjectException.class, () -> FileManifest.decode(chunker));
        byte[] huge = new CborWriter(20).map(3).uint(1).uint(Long.MAX_VALUE).uint(2).uint(1).uint(4).array(0)
                .toByteArray();
        assertThrows(ObjectException.class, () -> FileManifest.decode(huge));
        assertThrows(IllegalStateException.class, () -> new ManifestBuilder<>(1, objects).finish());
    }
}
