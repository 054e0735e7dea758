package org.stratobox.crypto.identity;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.EpochKey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

class EpochTransferTest {
    private final Random random = new Random(7);
    private final Entropy entropy = random::nextBytes;

    private EpochKey key() {
        try (Secret secret = Secret.takeOwnership(entropy.bytes(32))) {
            return EpochKey.of(5, secret);
        }
    }

    private static byte[] tag(EpochKey key) {
        return key.accountTag();
    }

    @Test
    void deviceOpensWhatWasSealedToIt() {
        try (EpochKey key = key(); DeviceIdentity device = DeviceIdentity.create(entropy)) {
            byte[] transfer = EpochTransfer.seal(key, device.deviceId(), device.kemPublicKey(), entropy);
            assertEquals(EpochTransfer.BYTES, transfer.length);
            try (EpochKey opened = EpochTransfer.open(transfer, 5, device)) {
                assertArrayEquals(tag(key), tag(opened));
                assertEquals(5, opened.epoch());
            }
        }
    }

    @Test
    void otherDevicesAndEpochsGetAnotherKey() {
        try (EpochKey key = key();
                DeviceIdentity device = DeviceIdentity.create(entropy);
                DeviceIdentity thief = DeviceIdentity.create(entropy)) {
            byte[] transfer = EpochTransfer.seal(key, device.deviceId(), device.kemPublicKey(), entropy);
            for (EpochKey wrong : java.util.List.of(EpochTransfer.open(transfer, 5, thief),
                    EpochTransfer.open(transfer, 6, device))) {
                assertFalse(java.util.Arrays.equals(tag(key), tag(wrong)));
                wrong.close();
            }
            byte[] again = EpochTransfer.seal(key, device.deviceId(), device.kemPublicKey(), entropy);
            assertFalse(java.util.Arrays.equals(transfer, again));
            assertThrows(IllegalArgumentException.class,
                    () -> EpochTransfer.open(java.util.Arrays.copyOf(transfer, 1151), 5, device));
        }
    }
}
