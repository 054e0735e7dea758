package org.stratobox.crypto.primitive;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.VectorFiles;

import tools.jackson.databind.JsonNode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.stratobox.crypto.KnownAnswers.hex;

class Pbkdf2Test {
    /// A phrase is text, so the cases whose password is not UTF-8 do not concern it: exactly 17.
    @Test
    void derivesWhatWycheproofExpectsWhereThePasswordIsText() {
        int seen = 0;
        int notText = 0;
        JsonNode file = VectorFiles.json("wycheproof/pbkdf2_hmacsha512.json");
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                seen++;
                try {
                    CharBuffer password = StandardCharsets.UTF_8.newDecoder()
                            .decode(ByteBuffer.wrap(hex(test.get("password").asString())));
                    byte[] key = Pbkdf2.hmacSha512(password.toString().toCharArray(),
                            hex(test.get("salt").asString()), test.get("iterationCount").asInt(),
                            test.get("dkLen").asInt());
                    assertEquals(test.get("dk").asString(), hex(key), test.toString());
                } catch (CharacterCodingException e) {
                    notText++;
                }
            }
        }
        assertEquals(file.get("numberOfTests").asInt(), seen);
        assertEquals(17, notText);
    }
}
