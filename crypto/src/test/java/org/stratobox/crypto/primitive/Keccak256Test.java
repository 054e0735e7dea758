package org.stratobox.crypto.primitive;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.stratobox.crypto.KnownAnswers.hex;

/// Digests of the messages in `stratos-sds.md` 4.3 and of nothing: with the padding of SHA-3 they would be others.
class Keccak256Test {
    private static final String ADDRESS = "st1sc8fsh92qdjv6uc7nn94hnaa6wd60f3q96ssng";

    @Test
    void digestIsTheOneFromBeforeTheStandard() {
        assertEquals("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", digest(""));
        assertEquals("6651e29d9cc27e5de9c1ac3d549a4bad84af6d26618ddf9b2443a08febdc633e",
                digest(ADDRESS + "1700000000"));
        assertEquals("2060b15c6d4811076a6c198e987385ed86d101e057a2a909978252a6cfcb909a",
                digest("v05j1m52cpb623fjop3gjvjrbfucv59taq9t7pq8" + ADDRESS + "SN:00000000000000000281700000000"));
    }

    private static String digest(String message) {
        return hex(Keccak256.of(message.getBytes(StandardCharsets.US_ASCII)));
    }
}
