package org.stratobox.crypto.primitive;

import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

/// The three vectors of draft-connolly-cfrg-xwing-kem-08, appendix C: seed, both ends of the public key, randomness of the
/// sender, both ends of the ciphertext, shared secret. The shared secret hashes both halves of the public key and the
/// ciphertext, so what is not typed in here is checked as well.
class XWingTest {
    @ParameterizedTest
    @CsvSource({
        "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26, e2236b35a8c24b39b10aa1323a96a919, eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534, 3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2, b83aa828d4d62b9a83ceffe1d3d3bb1ef31264643c070c5798927e41fb07914a, cfb97e63e0e41d354274a079d3e6fb2e15, d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
        "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea, 0333285fa253661508c9fb444852caa4, cbb48fd4c562a576549f85b528c953926d96ea8a160b8843f1c89c62, 17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d, c93beb22326705699bbc3d1d0aa6339be7a405debe61a7c337e1a91453c097a6, ea155b67, f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150",
        "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9, 36244278824f77c621c660892c1c3886, c1c013747dfee80fb35b5299f555dcc2b787ea4f6f16ffdf66952461, 22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b, 0d2e38cbf17a2e2e4e0c87a94ca1e7701ae1552e02509b3b00f9c82c39e3fd43, 61137334, 953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f"})
    void publicKeyIsTheOneOfTheDraft(String seed, String keyStart, String keyEnd, String sender, String textStart,
            String textEnd, String secret) {
        byte[] publicKey = XWing.publicKey(hex(seed));
        assertEquals(XWing.PUBLIC_KEY, publicKey.length);
        assertTrue(hex(publicKey).startsWith(keyStart));
        assertTrue(hex(publicKey).endsWith(keyEnd));
        SecretWithEncapsulation sent = new XWingKEMGenerator(new FixedSecureRandom(hex(sender)))
                .generateEncapsulated(new XWingPublicKeyParameters(publicKey));
        assertTrue(hex(sent.getEncapsulation()).startsWith(textStart));
        assertTrue(hex(sent.getEncapsulation()).endsWith(textEnd));
        assertEquals(secret, hex(sent.getSecret()));
        assertArrayEquals(sent.getSecret(), new XWingKEMExtractor(new XWingPrivateKeyParameters(hex(seed)))
                .extractSecret(sent.getEncapsulation()));
    }

    @Test
    void publicKeyIsRefusedWhenTheSeedIsTooShort() {
        assertThrows(IllegalArgumentException.class, () -> XWing.publicKey(new byte[31]));
    }
}
