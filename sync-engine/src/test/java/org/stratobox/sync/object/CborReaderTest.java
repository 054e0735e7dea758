package org.stratobox.sync.object;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.sync.object.ObjectException.Reason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// The samples of RFC 8949, appendix A, and what strict reading refuses.
class CborReaderTest {
    private static CborReader reader(String hex) throws ObjectException {
        return new CborReader(HexFormat.of().parseHex(hex));
    }

    private static Reason skipFails(String hex) {
        return assertThrows(ObjectException.class, () -> {
            CborReader in = reader(hex);
            in.skip();
            in.end();
        }).reason();
    }

    @ParameterizedTest
    @CsvSource({"00,0", "17,23", "1818,24", "1864,100", "1903e8,1000", "1a000f4240,1000000",
        "1b000000e8d4a51000,1000000000000", "20,-1", "3863,-100", "3903e7,-1000"})
    void integerReadsTheSamplesOfTheRfc(String hex, long value) throws ObjectException {
        CborReader in = reader(hex);
        assertEquals(value, in.integer());
        in.end();
        assertEquals(hex, HexFormat.of().formatHex(new CborWriter(1).integer(value).toByteArray()));
    }

    @ParameterizedTest
    @CsvSource({"6449455446,IETF", "62c3bc,ü", "63e6b0b4,水", "64f0908591,𐅑"})
    void textReadsTheSamplesOfTheRfc(String hex, String value) throws ObjectException {
        assertEquals(value, reader(hex).text(100));
        assertEquals(hex, HexFormat.of().formatHex(new CborWriter(1).text(value).toByteArray()));
    }

    @ParameterizedTest
    @CsvSource({"1817", "190018", "1a0000ffff", "1b00000000ffffffff", "3817", "5801ff", "98010a", "b8010000"})
    void skipRefusesNumbersThatHaveAShorterForm(String hex) {
        assertEquals(Reason.NOT_CANONICAL, skipFails(hex));
    }

    @ParameterizedTest
    @CsvSource({"5fff", "7fff", "9fff", "bfff", "ff", "1c", "1f", "5c"})
    void skipRefusesIndefiniteAndReservedLengths(String hex) {
        assertEquals(Reason.MALFORMED, skipFails(hex));
    }

    @ParameterizedTest
    @CsvSource({"f97e00", "fa47c35000", "fb7ff8000000000000", "c000", "d9d9f700", "f7", "f0", "f8ff", "e0"})
    void skipRefusesFloatsTagsAndUnknownSimpleValues(String hex) {
        assertEquals(Reason.MALFORMED, skipFails(hex));
    }

    @ParameterizedTest
    @CsvSource({"a201000100", "a202000100", "a2616200616100"})
    void skipRefusesMapsWithDoubleOrUnsortedKeys(String hex) {
        assertEquals(Reason.NOT_CANONICAL, skipFails(hex));
    }

    @ParameterizedTest
    @CsvSource({"61ff", "62c080", "63eda080", "64f4908080", "62c328"})
    void textRefusesInvalidUtf8(String hex) {
        assertEquals(Reason.MALFORMED,
                assertThrows(ObjectException.class, () -> reader(hex).text(100)).reason());
    }

    @Test
    void skipRefusesDeepNesting() {
        assertEquals(Reason.TOO_LARGE, skipFails("81".repeat(1000) + "00"));
    }

    @Test
    void bytesRefusesALengthBeyondTheInputBeforeItAllocates() {
        assertThrows(ObjectException.class, () -> reader("5b7fffffffffffffff").bytes(Integer.MAX_VALUE));
        assertThrows(ObjectException.class, () -> reader("5a7fffffff00").bytes(Integer.MAX_VALUE));
        assertThrows(ObjectException.class, () -> reader("9a7fffffff00").array(Integer.MAX_VALUE, 1));
    }

    @Test
    void uintRefusesNumbersOf63BitsAndMore() {
        assertEquals(Reason.BAD_VALUE,
                assertThrows(ObjectException.class, () -> reader("1b8000000000000000").uint()).reason());
    }

    @Test
    void constructorRefusesMoreThanAMebibyte() {
        assertEquals(Reason.TOO_LARGE,
                assertThrows(ObjectException.class, () -> new CborReader(new byte[(1 << 20) + 1])).reason());
    }

    @Test
    void decodeSkipsForeignKeysAndRefusesUnknownOnes() throws ObjectException {
        byte[] plain = new PackIndex(java.util.List.of()).encode();
        assertEquals("a10180", HexFormat.of().formatHex(plain));
        assertEquals(PackIndex.decode(plain), PackIndex.decode(HexFormat.of().parseHex("a201801840820102")));
        ObjectException e = assertThrows(ObjectException.class,
                () -> PackIndex.decode(HexFormat.of().parseHex("a20180183f00")));
        assertEquals(Reason.UNKNOWN_KEY, e.reason());
        assertEquals(Reason.MISSING_KEY, assertThrows(ObjectException.class,
                () -> PackIndex.decode(HexFormat.of().parseHex("a0"))).reason());
    }
}
