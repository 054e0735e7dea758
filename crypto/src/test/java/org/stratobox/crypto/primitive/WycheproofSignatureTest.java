package org.stratobox.crypto.primitive;

import java.io.IOException;
import java.math.BigInteger;

import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.VectorFiles;

import tools.jackson.databind.JsonNode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

/// Signatures that are wrong in every way somebody once accepted.
class WycheproofSignatureTest {
    private static final BigInteger ORDER = new BigInteger(
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    @Test
    void ed25519VerifiesExactlyTheValidOnes() {
        int seen = 0;
        JsonNode file = VectorFiles.json("wycheproof/ed25519.json");
        for (JsonNode group : file.get("testGroups")) {
            byte[] key = hex(group.get("publicKey").get("pk").asString());
            for (JsonNode test : group.get("tests")) {
                boolean valid = Ed25519.verify(key, bytes(test, "msg"), bytes(test, "sig"));
                assertEquals(test.get("result").asString().equals("valid"), valid, test.toString());
                seen++;
            }
        }
        assertEquals(file.get("numberOfTests").asInt(), seen);
    }

    @Test
    void secp256k1VerifiesExactlyTheValidOnes() {
        int seen = 0;
        JsonNode file = VectorFiles.json("wycheproof/ecdsa_secp256k1_sha256.json");
        for (JsonNode group : file.get("testGroups")) {
            byte[] key = hex(group.get("publicKey").get("uncompressed").asString());
            for (JsonNode test : group.get("tests")) {
                boolean valid = verifies(key, Sha256.of(bytes(test, "msg")).bytes(), bytes(test, "sig"));
                assertEquals(test.get("result").asString().equals("valid"), valid, test.toString());
                seen++;
            }
        }
        assertEquals(file.get("numberOfTests").asInt(), seen);
        assertTrue(seen > 400);
    }

    /// The vectors wrap r and s in DER, which the product never reads.
    private static boolean verifies(byte[] key, byte[] digest, byte[] der) {
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
            return Secp256k1.verify(key, digest, BigIntegers.asUnsignedByteArray(Secp256k1.SCALAR, rs[0]),
                    BigIntegers.asUnsignedByteArray(Secp256k1.SCALAR, rs[1]));
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return false;
        }
    }

    private static byte[] bytes(JsonNode test, String field) {
        return hex(test.get(field).asString());
    }
}
