package org.stratobox.sync.node;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({"bytes=0-0,0,1", "bytes=0-99,0,100", "bytes=10-,10,90", "bytes=50-1000,50,50", "bytes=-1,99,1",
        "bytes=-500,0,100", "bytes=100-,100,0", "bytes=100-200,100,0", "bytes=-0,100,0"})
    void parseUnderstandsASingleRange(String header, long first, long length) {
        assertEquals(Optional.of(new ByteRange(first, length)), ByteRange.parse(header, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=5-3", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b",
        "bytes=0-9999999999999999999999"})
    void parseIgnoresEverythingElse(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header, 100));
    }

    @Test
    void anEmptyFileHasNoRange() {
        assertEquals(Optional.of(new ByteRange(0, 0)), ByteRange.parse("bytes=0-", 0));
    }
}
