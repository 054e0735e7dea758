package org.stratobox.crypto.envelope;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.crypto.key.SystemEntropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CompressionTest {
    private static final ScopeKey FOLDER = KnownAnswers.folder();
    private static final Suite SUITE = Suite.AES_256_GCM;
    private static final Sealer SEALER = new Sealer(FOLDER, SUITE, new SystemEntropy());

    @ParameterizedTest
    @EnumSource(ObjectType.class)
    void sealCompressesRecordsAndNeverChunksOrKeystores(ObjectType type) throws CryptoException {
        byte[] body = Forge.repeated('x', 20_000);
        SealedObject sealed = SEALER.seal(type, body);
        boolean plain = type == ObjectType.CHUNK || type == ObjectType.KEYSTORE;
        assertEquals(plain ? Envelope.paddedLength(body.length) : Envelope.MIN, sealed.envelope().length);
        assertArrayEquals(body, Opener.open(sealed.capability(), type, sealed.envelope()));
    }

    @Test
    void sealLeavesBodiesPlainWhenNoSizeClassIsGained() throws CryptoException {
        byte[] small = Forge.repeated('x', 3996);
        assertEquals(0, compression(SEALER.seal(ObjectType.TREE, small)));
        byte[] random = new byte[50_000];
        new Random(5).nextBytes(random);
        assertEquals(0, compression(SEALER.seal(ObjectType.TREE, random)));
        byte[] nearly = new byte[50_000];
        new Random(6).nextBytes(nearly);
        Arrays.fill(nearly, 0, 300, (byte) 0);
        assertEquals(0, compression(SEALER.seal(ObjectType.TREE, nearly)), "drops 300 bytes, the class has 1024");
        Arrays.fill(nearly, 0, 3000, (byte) 0);
        SealedObject gained = SEALER.seal(ObjectType.TREE, nearly);
        assertEquals(1, compression(gained));
        assertArrayEquals(nearly, Opener.open(gained.capability(), ObjectType.TREE, gained.envelope()));
    }

    private static int compression(SealedObject sealed) {
        return Forge.frameOf(sealed, SUITE, ObjectType.TREE)[1];
    }

    @Test
    void longestBodyOfZerosSurvives() throws CryptoException {
        byte[] body = new byte[Envelope.MAX_BODY];
        SealedObject sealed = SEALER.seal(ObjectType.TREE, body);
        assertEquals(Envelope.MIN, sealed.envelope().length);
        assertArrayEquals(body, Opener.open(sealed.capability(), ObjectType.TREE, sealed.envelope()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, (1 << 20) + 1, 1 << 30, Integer.MAX_VALUE, -1, 0, 99_999, 100_001})
    void openRefusesBombsAndLengthsThatLie(int announced) {
        byte[] deflated = deflate(new byte[100_000]);
        assertEquals(Reason.MALFORMED, forged(ObjectType.TREE, 1, announced, deflated));
    }

    @Test
    void openRefusesWhatFollowsOrLacksTheEndOfTheStream() {
        byte[] deflated = deflate(new byte[100_000]);
        assertEquals(Reason.MALFORMED,
                forged(ObjectType.TREE, 1, 100_000, Arrays.copyOf(deflated, deflated.length + 1)));
        assertEquals(Reason.MALFORMED,
                forged(ObjectType.TREE, 1, 100_000, Arrays.copyOf(deflated, deflated.length - 1)));
        assertEquals(Reason.MALFORMED, forged(ObjectType.TREE, 1, 100_000, Forge.repeated(0xff, 50)));
        assertEquals(Reason.MALFORMED, forged(ObjectType.TREE, 1, 0, new byte[0]));
    }

    @Test
    void openRefusesACompressedChunk() {
        assertEquals(Reason.MALFORMED, forged(ObjectType.CHUNK, 1, 100_000, deflate(new byte[100_000])));
    }

    private static Reason forged(ObjectType type, int comp, int raw, byte[] stored) {
        SealedObject sealed = Forge.seal(FOLDER, SUITE, type,
                Forge.frame(Envelope.paddedLength(stored.length), comp, stored.length, raw, stored));
        return assertThrows(CryptoException.class,
                () -> Opener.open(sealed.capability(), type, sealed.envelope())).reason();
    }

    private static byte[] deflate(byte[] raw) {
        byte[] out = new byte[raw.length];
        try (Deflater deflater = new Deflater(9, true)) {
            deflater.setInput(raw);
            deflater.finish();
            return Arrays.copyOf(out, deflater.deflate(out));
        }
    }
}
