package org.stratobox.crypto.identity;

import java.util.Arrays;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.XWing;

/// The keys of one installation, random and not derived from the phrase: two devices set up off-line must not collide, and
/// one must be revocable alone (`format.md` 3.1, 3.7). Thread-safe; closing makes later signing fail.
public final class DeviceIdentity implements AutoCloseable {
    /// Length of a device id in bytes.
    public static final int ID_BYTES = 16;
    /// Length of each of the two seeds in bytes.
    public static final int SEED_BYTES = 32;
    /// Length of the public key for encapsulation in bytes.
    public static final int KEM_PUBLIC_KEY_BYTES = XWing.PUBLIC_KEY;

    private final byte[] deviceId;
    private final SigningKey signing;
    private final Secret kemSeed;
    private final byte[] kemPublicKey;

    private DeviceIdentity(byte[] deviceId, SigningKey signing, Secret kemSeed) {
        this.deviceId = deviceId;
        this.signing = signing;
        this.kemSeed = kemSeed;
        byte[] seed = kemSeed.exposeCopy();
        try {
            this.kemPublicKey = XWing.publicKey(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// @param entropy the real source, a test's otherwise
    /// @return a new device; the caller closes it
    public static DeviceIdentity create(Entropy entropy) {
        return new DeviceIdentity(entropy.bytes(ID_BYTES),
                new SigningKey(Secret.takeOwnership(entropy.bytes(SEED_BYTES))),
                Secret.takeOwnership(entropy.bytes(SEED_BYTES)));
    }

    /// @param deviceId 16 bytes
    /// @param signingSeed 32 bytes, copied
    /// @param kemSeed 32 bytes, copied
    /// @return the device these belong to; the caller closes it
    /// @throws IllegalArgumentException if a length differs
    public static DeviceIdentity restore(byte[] deviceId, Secret signingSeed, Secret kemSeed) {
        if (deviceId.length != ID_BYTES) {
            throw new IllegalArgumentException("a device id has 16 bytes, not " + deviceId.length);
        }
        return new DeviceIdentity(deviceId.clone(), new SigningKey(Secret.takeOwnership(signingSeed.exposeCopy())),
                Secret.takeOwnership(kemSeed.exposeCopy()));
    }

    /// @return a new array of 16 bytes
    public byte[] deviceId() {
        return deviceId.clone();
    }

    /// @return the key others check this device's signatures with
    public VerifyKey publicKey() {
        return signing.publicKey();
    }

    /// @return the X-Wing public key others seal to this device with, a new array of 1216 bytes
    public byte[] kemPublicKey() {
        return kemPublicKey.clone();
    }

    /// @param context what the signature is for
    /// @param message what is signed
    /// @return 64 bytes
    public byte[] sign(SignatureContext context, byte[] message) {
        return signing.sign(context, message);
    }

    /// @return the 32 bytes themselves, for the keystore: zeroed when this is closed
    public Secret exposeSigningSeed() {
        return signing.seed();
    }

    /// @return the 32 bytes themselves, for the keystore: zeroed when this is closed
    public Secret exposeKemSeed() {
        return kemSeed;
    }

    /// Zeroes both seeds.
    @Override
    public void close() {
        signing.close();
        kemSeed.close();
    }

    @Override
    public String toString() {
        return "DeviceIdentity[redacted]";
    }
}
