package org.stratobox.crypto.wallet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Hmac;

/// A node of the symmetric key tree of SLIP-21: the 64 bytes below a wallet seed from which children and one key grow. A key
/// says nothing about its node, so handing it out reveals no child, parent or sibling. Not thread-safe while closing.
public final class Slip21 implements AutoCloseable {
    private static final int HALF = 32;

    private final byte[] node;

    private Slip21(byte[] node) {
        this.node = node;
    }

    /// @param seed the wallet seed of BIP-39, 64 bytes; stays with the caller
    /// @return the root `m`
    public static Slip21 master(Secret seed) {
        byte[] bytes = seed.exposeCopy();
        Slip21 master = new Slip21(
                Hmac.sha512("Symmetric key seed".getBytes(StandardCharsets.US_ASCII)).update(bytes).tag());
        Arrays.fill(bytes, (byte) 0);
        return master;
    }

    /// @param label ASCII text of one step
    /// @return the child node; the caller closes it
    public Slip21 child(String label) {
        byte[] chain = Arrays.copyOf(node, HALF);
        Slip21 child = new Slip21(
                Hmac.sha512(chain).update((byte) 0).update(label.getBytes(StandardCharsets.US_ASCII)).tag());
        Arrays.fill(chain, (byte) 0);
        return child;
    }

    /// @return the key of this node, 32 bytes; the caller closes it
    public Secret key() {
        return Secret.takeOwnership(Arrays.copyOfRange(node, HALF, 2 * HALF));
    }

    /// Zeroes the node; the keys taken from it live on.
    @Override
    public void close() {
        Arrays.fill(node, (byte) 0);
    }

    @Override
    public String toString() {
        return "Slip21[redacted]";
    }
}
