package org.stratobox.crypto.envelope;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Aead;

/// Makes the ciphers fast before the first file needs them. HotSpot replaces AES-GCM by its intrinsic only once the calling
/// method was compiled, which is counted in calls: with 1 MiB blobs alone that takes eight seconds at a hundredth of the
/// speed (`platform.md` 8).
public final class AeadWarmup {
    private static final int ROUNDS = 10_000;
    private static final int WHOLE_BLOCKS = 1024;
    /// No frame is a multiple of 16 long: a branch that was never taken would throw the compiled code away again when the
    /// first real frame takes it.
    private static final int LIKE_A_FRAME = 1032;

    private AeadWarmup() {}

    /// @return work of about one second on one core, to be run once, in the background, at start; it stops early when its
    /// thread is interrupted
    public static Runnable task() {
        return () -> {
            byte[] buffer = new byte[LIKE_A_FRAME + Aead.TAG];
            byte[] context = Envelope.context(Suite.AES_256_GCM, ObjectType.CHUNK);
            byte[] aad = new byte[Envelope.HEADER + 1];
            try (Secret readKey = Secret.takeOwnership(new byte[Envelope.DIGEST]);
                    BlobKeys keys = BlobKeys.of(readKey, context)) {
                for (int i = 0; i < ROUNDS && !Thread.currentThread().isInterrupted(); i++) {
                    round(keys, aad, buffer, WHOLE_BLOCKS);
                    round(keys, aad, buffer, LIKE_A_FRAME);
                }
            }
        };
    }

    /// Seals in place and opens, the way [Sealer] and [Opener] do.
    private static void round(BlobKeys keys, byte[] aad, byte[] buffer, int length) {
        for (Aead aead : Aead.values()) {
            aead.seal(keys.key(), keys.nonce(), aad, buffer, 0, length, buffer, 0);
            byte[] plain = aead.open(keys.key(), keys.nonce(), aad, buffer, 0, length + Aead.TAG).orElseThrow();
            System.arraycopy(plain, 0, buffer, 0, length);
        }
    }
}
