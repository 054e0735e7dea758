package org.stratobox.crypto.primitive;

import java.util.Arrays;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.crypto.VectorFiles;

import tools.jackson.databind.JsonNode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

/// Wycheproof's cases for the symmetric primitives. The numbers of cases are asserted, so that a changed file or filter
/// cannot silently test nothing.
class WycheproofTest {
    @ParameterizedTest
    @CsvSource({"AES_256_GCM,aes_gcm,66", "CHACHA20_POLY1305,chacha20_poly1305,316"})
    void aeadAgreesWithEveryCaseItsApiCanExpress(Aead aead, String file, int expected) {
        int ran = 0;
        for (JsonNode group : groups(file)) {
            if (number(group, "keySize") != 256 || number(group, "ivSize") != 96 || number(group, "tagSize") != 128) {
                continue;
            }
            for (JsonNode test : group.get("tests")) {
                check(aead, test);
                ran++;
            }
        }
        assertEquals(expected, ran);
    }

    private static void check(Aead aead, JsonNode test) {
        byte[] msg = bytes(test, "msg");
        byte[] sealed = hex(text(test, "ct") + text(test, "tag"));
        Optional<byte[]> opened = aead.open(bytes(test, "key"), bytes(test, "iv"), bytes(test, "aad"), sealed, 0,
                sealed.length);
        assertEquals(valid(test), opened.isPresent(), test::toString);
        byte[] out = new byte[msg.length + Aead.TAG];
        aead.seal(bytes(test, "key"), bytes(test, "iv"), bytes(test, "aad"), msg, 0, msg.length, out, 0);
        assertEquals(valid(test), Arrays.equals(out, sealed), test::toString);
        opened.ifPresent(plain -> assertArrayEquals(msg, plain, test::toString));
    }

    @Test
    void hkdfAgreesWithEveryCase() {
        int ran = 0;
        for (JsonNode group : groups("hkdf_sha256")) {
            for (JsonNode test : group.get("tests")) {
                byte[] prk = Hkdf.extract(bytes(test, "salt"), bytes(test, "ikm"));
                int size = number(test, "size");
                if (valid(test)) {
                    assertArrayEquals(bytes(test, "okm"), Hkdf.expand(prk, bytes(test, "info"), size), test::toString);
                } else {
                    assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(prk, bytes(test, "info"), size));
                }
                ran++;
            }
        }
        assertEquals(86, ran);
    }

    @ParameterizedTest
    @CsvSource({"hmac_sha256,174", "hmac_sha512,174"})
    void hmacAgreesWithEveryCase(String file, int expected) {
        int ran = 0;
        for (JsonNode group : groups(file)) {
            for (JsonNode test : group.get("tests")) {
                byte[] key = bytes(test, "key");
                Hmac hmac = file.endsWith("256") ? Hmac.sha256(key) : Hmac.sha512(key);
                byte[] tag = Arrays.copyOf(hmac.copy().update(bytes(test, "msg")).tag(), number(group, "tagSize") / 8);
                assertEquals(valid(test), Arrays.equals(bytes(test, "tag"), tag), test::toString);
                ran++;
            }
        }
        assertEquals(expected, ran);
    }

    private static JsonNode groups(String file) {
        JsonNode groups = VectorFiles.json("wycheproof/" + file + ".json").get("testGroups");
        assertTrue(groups.isArray());
        return groups;
    }

    private static boolean valid(JsonNode test) {
        return text(test, "result").equals("valid");
    }

    private static int number(JsonNode node, String field) {
        return node.get(field).intValue();
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static byte[] bytes(JsonNode node, String field) {
        return hex(text(node, field));
    }
}
