package org.stratobox.crypto.envelope;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.CryptoException.Reason;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.crypto.key.SystemEntropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// `format.md` 5.2, 1 to 4: what a node, or a holder of a key, may put in place of an object.
class OpenerRefusalTest {
    private static final ScopeKey FOLDER = KnownAnswers.folder();
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
    private static final Sealer SEALER = new Sealer(FOLDER, Suite.AES_256_GCM, new SystemEntropy());

    /// As if the address had been that of the given bytes: the check of the address catches everything else.
    private static Reason reason(ScopeKey scope, ObjectType type, byte[] envelope) {
        Cid cid = Cid.ofEnvelope(envelope);
        return assertThrows(CryptoException.class, () -> Opener.open(scope, cid, type, envelope)).reason();
    }

    private static Reason reason(Capability capability, ObjectType type, byte[] envelope) {
        return assertThrows(CryptoException.class, () -> Opener.open(capability, type, envelope)).reason();
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void openRefusesEveryFlippedBit(Suite suite) {
        byte[] envelope = new Sealer(FOLDER, suite, new SystemEntropy()).seal(ObjectType.CHUNK, HELLO).envelope();
        Map<Reason, Integer> seen = new EnumMap<>(Reason.class);
        for (int bit = 0; bit < 8 * envelope.length; bit++) {
            byte[] bad = envelope.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            seen.merge(reason(FOLDER, ObjectType.CHUNK, bad), 1, Integer::sum);
        }
        // magic, version, suite, flags, reserved; salt and commitment; ciphertext and tag
        assertEquals(Map.of(Reason.MALFORMED, 64, Reason.WRONG_KEY, 512, Reason.TAMPERED, 32_192), seen);
    }

    @Test
    void openRefusesFlippedBytesOfTheLargestEnvelope() {
        long seed = 71;
        Random random = new Random(seed);
        byte[] body = new byte[Envelope.MAX_BODY];
        random.nextBytes(body);
        SealedObject sealed = SEALER.seal(ObjectType.CHUNK, body);
        byte[] bad = sealed.envelope().clone();
        for (int i = 0; i < 300; i++) {
            int at = Envelope.HEADER + random.nextInt(bad.length - Envelope.HEADER);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            assertEquals(Reason.TAMPERED, reason(FOLDER, ObjectType.CHUNK, bad), () -> "seed " + seed + " at " + at);
            assertEquals(Reason.WRONG_CID, reason(sealed.capability(), ObjectType.CHUNK, bad));
            bad[at] = sealed.envelope()[at];
        }
    }

    @Test
    void openRefusesEveryTruncationAndExtension() {
        byte[] envelope = SEALER.seal(ObjectType.CHUNK, HELLO).envelope();
        for (int n = 0; n < envelope.length; n++) {
            assertEquals(Reason.MALFORMED, reason(FOLDER, ObjectType.CHUNK, Arrays.copyOf(envelope, n)));
        }
        for (int n = 1; n <= 4096; n++) {
            byte[] longer = Arrays.copyOf(envelope, envelope.length + n);
            boolean canonical = Envelope.sizeClass(longer.length) == longer.length;
            assertEquals(canonical ? Reason.TAMPERED : Reason.MALFORMED, reason(FOLDER, ObjectType.CHUNK, longer));
        }
        assertEquals(Reason.MALFORMED,
                reason(FOLDER, ObjectType.CHUNK, Arrays.copyOf(envelope, Envelope.MAX + (1 << 15))));
    }

    @Test
    void openRefusesTruncationToAnotherSizeClass() {
        byte[] envelope = SEALER.seal(ObjectType.CHUNK, new byte[5000]).envelope();
        assertEquals(Reason.TAMPERED, reason(FOLDER, ObjectType.CHUNK, Arrays.copyOf(envelope, 4096)));
    }

    @Test
    void openRefusesEveryOtherType() {
        SealedObject sealed = SEALER.seal(ObjectType.CHUNK, HELLO);
        for (ObjectType type : ObjectType.values()) {
            if (type != ObjectType.CHUNK) {
                assertEquals(Reason.WRONG_KEY, reason(sealed.capability(), type, sealed.envelope()));
                assertEquals(Reason.WRONG_KEY, reason(FOLDER, type, sealed.envelope()));
            }
        }
    }

    @Test
    void openRefusesAnotherScopeOrReadKey() {
        SealedObject sealed = SEALER.seal(ObjectType.CHUNK, HELLO);
        assertEquals(Reason.WRONG_KEY,
                reason(KnownAnswers.epoch0().headScope(), ObjectType.CHUNK, sealed.envelope()));
        Capability wrong = new Capability(sealed.capability().cid(), Secret.takeOwnership(new byte[32]));
        assertEquals(Reason.WRONG_KEY, reason(wrong, ObjectType.CHUNK, sealed.envelope()));
        assertEquals(Reason.WRONG_KEY, assertThrows(CryptoException.class, () -> Opener
                .capability(KnownAnswers.epoch0().headScope(), ObjectType.CHUNK, sealed.envelope())).reason());
    }

    @Test
    void openRefusesTheOtherSuite() {
        byte[] envelope = SEALER.seal(ObjectType.CHUNK, HELLO).envelope();
        envelope[4] = 2;
        assertEquals(Reason.WRONG_KEY, reason(FOLDER, ObjectType.CHUNK, envelope));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void openRefusesAnotherVersion(int version) {
        byte[] envelope = SEALER.seal(ObjectType.CHUNK, HELLO).envelope();
        envelope[3] = (byte) version;
        assertEquals(Reason.MALFORMED, reason(FOLDER, ObjectType.CHUNK, envelope));
    }

    @Test
    void openRefusesObjectsServedUnderTheAddressOfOthers() {
        SealedObject one = SEALER.seal(ObjectType.CHUNK, HELLO);
        SealedObject two = SEALER.seal(ObjectType.CHUNK, new byte[]{1});
        SealedObject tree = SEALER.seal(ObjectType.TREE, HELLO);
        SealedObject foreign = new Sealer(KnownAnswers.masterKeys().epoch(1).folderScope(new byte[16], 0),
                Suite.AES_256_GCM, new SystemEntropy()).seal(ObjectType.CHUNK, HELLO);
        for (SealedObject other : new SealedObject[]{two, tree, foreign}) {
            assertEquals(Reason.WRONG_CID, reason(one.capability(), ObjectType.CHUNK, other.envelope()));
            assertEquals(Reason.WRONG_CID, assertThrows(CryptoException.class, () -> Opener.open(FOLDER,
                    one.capability().cid(), ObjectType.CHUNK, other.envelope())).reason());
        }
        assertEquals(Reason.WRONG_CID, reason(two.capability(), ObjectType.CHUNK, one.envelope()));
        assertEquals(Reason.WRONG_KEY, reason(FOLDER, ObjectType.CHUNK, foreign.envelope()));
    }

    private static Reason forged(ObjectType type, byte[] frame) {
        SealedObject sealed = Forge.seal(FOLDER, Suite.AES_256_GCM, type, frame);
        return reason(sealed.capability(), type, sealed.envelope());
    }

    @Test
    void forgeryIsAcceptedWhenNothingIsWrongWithIt() throws CryptoException {
        SealedObject sealed = Forge.seal(FOLDER, Suite.AES_256_GCM, ObjectType.CHUNK,
                Forge.frame(4096, 0, 5, 5, HELLO));
        assertArrayEquals(HELLO, Opener.open(sealed.capability(), ObjectType.CHUNK, sealed.envelope()));
        assertEquals(SEALER.seal(ObjectType.CHUNK, HELLO), sealed);
    }

    @Test
    void openRefusesFramesOfWrongForm() {
        ObjectType chunk = ObjectType.CHUNK;
        assertEquals(Reason.MALFORMED, forged(chunk, Forge.frame(4352, 0, 5, 5, HELLO)), "larger class than needed");
        assertEquals(Reason.MALFORMED, forged(chunk, Forge.frame(4096, 0, 3997, 3997, HELLO)), "longer than frame");
        assertEquals(Reason.MALFORMED, forged(chunk, Forge.frame(4096, 0, -1, -1, HELLO)), "negative");
        assertEquals(Reason.MALFORMED, forged(chunk, Forge.frame(4096, 0, Integer.MAX_VALUE, 5, HELLO)), "2 GiB");
        assertEquals(Reason.MALFORMED, forged(chunk, Forge.frame(4096, 0, 5, 4, HELLO)), "rawLen lies");
        assertEquals(Reason.MALFORMED, forged(chunk, Forge.frame(4096, 2, 5, 5, HELLO)), "unknown compression");
        for (int at : new int[]{0, 2, 3}) {
            byte[] frame = Forge.frame(4096, 0, 5, 5, HELLO);
            frame[at] = 2;
            assertEquals(Reason.MALFORMED, forged(chunk, frame), "reserved or version byte " + at);
        }
    }

    @Test
    void openRefusesPaddingThatIsNotZero() {
        for (int at : new int[]{17, 2000, 4007}) {
            byte[] frame = Forge.frame(4096, 0, 5, 5, HELLO);
            frame[at] = 1;
            assertEquals(Reason.TAMPERED, forged(ObjectType.CHUNK, frame));
        }
    }

    /// A holder of the key may write anything into a frame; nothing but the declared exception may come of it.
    @Test
    void openFailsInTheDeclaredWayForAnyFrame() {
        long seed = 61;
        Random random = new Random(seed);
        byte[] frame = new byte[4008];
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            random.nextBytes(frame);
            frame[0] = 1;
            frame[1] = (byte) random.nextInt(3);
            Arrays.fill(frame, 2, random.nextBoolean() ? 6 : 4, (byte) 0);
            frame[6] &= 0x0f;
            Arrays.fill(frame, 8, 8 + random.nextInt(4), (byte) 0);
            if (random.nextBoolean()) {
                Arrays.fill(frame, Math.min(4008, 12 + 256 * frame[6] + (frame[7] & 0xff)), 4008, (byte) 0);
            }
            SealedObject sealed = Forge.seal(FOLDER, Suite.AES_256_GCM, ObjectType.TREE, frame);
            try {
                Opener.open(sealed.capability(), ObjectType.TREE, sealed.envelope());
            } catch (CryptoException e) {
                refused++;
            }
        }
        assertEquals(5000, refused, "seed " + seed);
    }
}
