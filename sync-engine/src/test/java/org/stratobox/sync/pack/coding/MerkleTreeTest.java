package org.stratobox.sync.pack.coding;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.Digest256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MerkleTreeTest {
    /// Made by an independent, recursive implementation of the shape of RFC 6962.
    @ParameterizedTest
    @CsvSource({"1, b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2",
        "65536, 7a351c231020323464dad268591e2bcda0a04a5652ac194508d0b639efda3de1",
        "65537, 26cd8d12a5ec96e95272df890e9d111ea5a37170064d0e39078c1efd8392fdfb",
        "196608, 643929bad3828a298ac5ba25e565cf8e4d58fa07a603c09e8471e4512303ff23",
        "327687, 387a98782fc67dd69e4c72bde396dcc0ce9e729a4a5371a0cd4a32af5867982f"})
    void rootIsTheFixedOneWhenTheShareIsFixed(int length, String expected) {
        assertEquals(expected, MerkleTree.of(ByteBuffer.wrap(share(length))).root().hex());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65536, 65537, 3 * 65536, 5 * 65536 + 7, 8 * 65536, 11 * 65536 + 1})
    void verifyAcceptsEveryLeafAndNothingElse(int length) {
        byte[] share = share(length);
        MerkleTree tree = MerkleTree.of(ByteBuffer.wrap(share));
        for (int i = 0; i < tree.leaves(); i++) {
            byte[] leaf = Arrays.copyOfRange(share, i * MerkleTree.LEAF, Math.min(length, (i + 1) * MerkleTree.LEAF));
            List<Digest256> path = tree.path(i);
            assertTrue(MerkleTree.verify(tree.root(), length, i, leaf, path));
            assertFalse(MerkleTree.verify(tree.root(), length, i + 1, leaf, path), "another place");
            leaf[leaf.length / 2] ^= 1;
            assertFalse(MerkleTree.verify(tree.root(), length, i, leaf, path), "another leaf");
            leaf[leaf.length / 2] ^= 1;
            List<Digest256> longer = new ArrayList<>(path);
            longer.add(tree.root());
            assertFalse(MerkleTree.verify(tree.root(), length, i, leaf, longer), "a longer path");
            if (!path.isEmpty()) {
                assertFalse(MerkleTree.verify(tree.root(), length, i, leaf, path.subList(1, path.size())),
                        "a shorter path");
            }
        }
    }

    @Test
    void ofLeavesTheBufferAsItIs() {
        ByteBuffer buffer = ByteBuffer.wrap(share(70_000)).position(5);
        MerkleTree.of(buffer);
        assertEquals(5, buffer.position());
        assertEquals(70_000, buffer.limit());
    }

    private static byte[] share(int length) {
        byte[] out = new byte[length];
        for (int b = 0; b < length; b++) {
            out[b] = (byte) (b * 7 + (b >> 8) * 3 + (b >> 16) * 5 + 1);
        }
        return out;
    }
}
