package org.stratobox.crypto.primitive;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.CryptoException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stratobox.crypto.KnownAnswers.hex;

class Argon2idTest {
    @Test
    void hashIsTheOneOfRfc9106() throws CryptoException {
        byte[] hash = new Argon2id(32, 3, 4).hash(repeated(1, 32), repeated(2, 16), repeated(3, 8), repeated(4, 12));
        assertEquals("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", hex(hash));
    }

    @Test
    void hashIsRefusedWhenNoHeapCouldHoldTheMemory() {
        CryptoException e = assertThrows(CryptoException.class,
                () -> new Argon2id(Integer.MAX_VALUE, 1, 1).hash(new byte[1], new byte[16]));
        assertEquals(CryptoException.Reason.REJECTED, e.reason());
    }

    private static byte[] repeated(int value, int count) {
        byte[] out = new byte[count];
        Arrays.fill(out, (byte) value);
        return out;
    }
}
