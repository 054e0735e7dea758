package org.stratobox.sync.model;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.model.NameProjection.Traits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NameProjectionTest {
    private static final NameProjection WINDOWS = new NameProjection(new Traits(true, true));
    private static final NameProjection MAC = new NameProjection(new Traits(true, false));
    private static final NameProjection LINUX = new NameProjection(Traits.EXACT);
    private static final String[] PIECES = {"a", "A", "b", "%", "~", "%~", "%25", "%7E", "%2E", "%3a", ":", "?", ".",
        " ",
        "CON", "nul", "com1", "\u00E9", "\u00C9", "\u03C3", "\u03C2", "\u0001", "\\", "%41", "\uD83D\uDE00", "\u0130"};

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"a:b?.txt ,%~a%3Ab%3F.txt%20", "con.txt,%~con.txt",
        "x.,%~x%2E", "LPT\u00B9,%~LPT\u00B9", "NUL .tar.gz,%~NUL .tar.gz", "plain.txt,plain.txt", "100%,100%",
        "%~x,%~x", "%~x%2E,%~%25~x%252E", "console,console", ".hidden,.hidden"})
    void toDiskWritesWhatWindowsForbidsAsBytes(String name, String onDisk) {
        assertEquals(onDisk, WINDOWS.toDisk(name));
        assertEquals(name, WINDOWS.toState(onDisk));
    }

    @Test
    void toDiskChangesNothingWhenTheDiskTakesAllNames() {
        for (String name : List.of("a:b?.txt ", "CON", "%~x%2E", "x.", "%~%25~x")) {
            assertEquals(name, LINUX.toDisk(name));
            assertEquals(name, LINUX.toState(name));
        }
    }

    @Test
    void toStateIsNormalWhenTheDiskDecomposes() {
        assertEquals("\u00E9", MAC.toState("e\u0301"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void toStateAndToDiskAreInverseForRandomNames(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            String name = name(random);
            for (NameProjection disk : List.of(WINDOWS, MAC, LINUX)) {
                String onDisk = disk.toDisk(name);
                String where = "seed " + seed + " name " + name + " disk " + onDisk;
                assertEquals(name, disk.toState(onDisk), where);
                assertFalse(disk.equals(WINDOWS) && onDisk.matches("(?s).*([<>:\"|?*\\\\\\x00-\\x1f]|[. ]$).*"), where);
            }
            // what a user calls a file on a disk that forbids some names
            NameProjection folds = new NameProjection(new Traits(false, true));
            String taken = folds.toDisk(name);
            assertEquals(taken, folds.toDisk(folds.toState(taken)), "seed " + seed + " typed " + taken);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void inDirectoryGivesEachRandomNameItsOwn(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Set<String> names = new HashSet<>();
            for (int n = random.nextInt(8); n >= 0; n--) {
                String name = name(random);
                names.addAll(List.of(name, nfc(name.toUpperCase(Locale.ROOT)),
                        nfc(name.toLowerCase(Locale.ROOT))));
            }
            for (NameProjection disk : List.of(WINDOWS, MAC, LINUX)) {
                Map<String, Optional<String>> given = disk.inDirectory(names, Set.of());
                Set<String> keys = new HashSet<>();
                given.forEach((name, onDisk) -> {
                    String where = "seed " + seed + " name " + name + " disk " + onDisk;
                    // only beside a name that looks like another's on this disk
                    assertTrue(onDisk.isPresent()
                            || names.stream().anyMatch(n -> n.startsWith(NameProjection.MARK)), where);
                    onDisk.ifPresent(d -> {
                        assertTrue(keys.add(disk.key(d)), where);
                        assertEquals(name, disk.toState(d), where);
                    });
                });
                assertEquals(names, given.keySet());
            }
        }
    }

    @Test
    void inDirectoryLetsTheNameThatIsThereKeepItsName() {
        Map<String, Optional<String>> expected = new HashMap<>();
        expected.put("file", Optional.of("file"));
        expected.put("File", Optional.of("%~%46%69%6C%65"));
        assertEquals(expected, MAC.inDirectory(List.of("File", "file"), Set.of("file")));
        assertEquals(Optional.of("%~%66%69%6C%65"), MAC.inDirectory(List.of("File", "file"), Set.of()).get("file"));
    }

    @Test
    void inDirectoryLeavesANameOutWhenItsNameOnDiskIsTooLong() {
        String name = "?".repeat(200);
        assertEquals(Optional.empty(), WINDOWS.inDirectory(List.of(name), Set.of()).get(name));
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            name.append(PIECES[random.nextInt(PIECES.length)]);
        }
        String normal = nfc(name.toString());
        return RelativePath.faultOfName(normal).isEmpty() ? normal : "x" + random.nextInt(9);
    }

    private static String nfc(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
