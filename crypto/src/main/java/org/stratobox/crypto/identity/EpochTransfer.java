package org.stratobox.crypto.identity;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.Label;
import org.stratobox.crypto.primitive.Hkdf;
import org.stratobox.crypto.primitive.XWing;

/// The key of an account epoch on its way to a device that stays (`format.md` 3.15): `encapsulation || A_i xor
/// Expand(shared secret, info("epoch-grant", device || epoch), 32)`. The shared secret is new for every transfer, so the
/// pad is used once; that nobody changed it is the business of the signature around it.
public final class EpochTransfer {
    /// Length of a transfer in bytes.
    public static final int BYTES = XWing.ENCAPSULATION + XWing.SHARED;

    private EpochTransfer() {}

    /// @param key what to hand over
    /// @param deviceId16 to whom
    /// @param kemKey the device's X-Wing public key, 1216 bytes
    /// @param entropy the real source, a test's otherwise
    /// @return [#BYTES] bytes that only this device can open
    public static byte[] seal(EpochKey key, byte[] deviceId16, byte[] kemKey, Entropy entropy) {
        byte[] randomness = entropy.bytes(XWing.RANDOMNESS);
        XWing.Encapsulated shared = XWing.encapsulate(kemKey, randomness);
        Arrays.fill(randomness, (byte) 0);
        byte[] out = Arrays.copyOf(shared.encapsulation(), BYTES);
        byte[] pad = pad(shared.secret(), deviceId16, key.epoch());
        Arrays.fill(shared.secret(), (byte) 0);
        try (Secret epoch = key.expose()) {
            byte[] secret = epoch.exposeCopy();
            for (int i = 0; i < pad.length; i++) {
                out[XWing.ENCAPSULATION + i] = (byte) (pad[i] ^ secret[i]);
            }
            Arrays.fill(secret, (byte) 0);
        }
        Arrays.fill(pad, (byte) 0);
        return out;
    }

    /// @param transfer [#BYTES] bytes whose signature was verified
    /// @param epoch which epoch they are for
    /// @param device to whom they were sealed
    /// @return the key, a wrong one if the transfer is for another device or epoch; the caller closes it
    /// @throws IllegalArgumentException if the length differs
    public static EpochKey open(byte[] transfer, int epoch, DeviceIdentity device) {
        if (transfer.length != BYTES) {
            throw new IllegalArgumentException("a transfer has " + BYTES + " bytes");
        }
        byte[] seed = device.exposeKemSeed().exposeCopy();
        byte[] shared = XWing.decapsulate(seed, Arrays.copyOf(transfer, XWing.ENCAPSULATION));
        Arrays.fill(seed, (byte) 0);
        byte[] key = pad(shared, device.deviceId(), epoch);
        Arrays.fill(shared, (byte) 0);
        for (int i = 0; i < key.length; i++) {
            key[i] ^= transfer[XWing.ENCAPSULATION + i];
        }
        try (Secret secret = Secret.takeOwnership(key)) {
            return EpochKey.of(epoch, secret);
        }
    }

    private static byte[] pad(byte[] shared, byte[] deviceId16, int epoch) {
        return Hkdf.expand(shared, Label.EPOCH_GRANT.info(deviceId16, ByteBuffer.allocate(4).putInt(epoch).array()),
                XWing.SHARED);
    }
}
