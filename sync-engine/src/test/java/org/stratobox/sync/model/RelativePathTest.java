package org.stratobox.sync.model;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RelativePathTest {
    private static NameFault fault(String path) {
        return assertThrows(NameException.class, () -> RelativePath.parse(path)).fault();
    }

    @Test
    void parseNamesEachFault() {
        assertEquals(NameFault.EMPTY, fault("/etc/passwd"));
        assertEquals(NameFault.EMPTY, fault("a//b"));
        assertEquals(NameFault.EMPTY, fault("a/"));
        assertEquals(NameFault.DOTS, fault(".."));
        assertEquals(NameFault.DOTS, fault("a/../b"));
        assertEquals(NameFault.DOTS, fault("a/./b"));
        assertEquals(NameFault.SEPARATOR, fault("a\0b"));
        assertEquals(NameFault.NOT_UNICODE, fault("a\ud800b"));
        assertEquals(NameFault.NOT_UNICODE, fault("\udc00\ud800"));
        assertEquals(NameFault.NOT_NFC, fault("u\u0308"));
        assertEquals(NameFault.NAME_TOO_LONG, fault("x".repeat(256)));
        assertEquals(NameFault.NAME_TOO_LONG, fault("ü".repeat(128)));
        assertEquals(NameFault.TOO_DEEP, fault("a/".repeat(128) + "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "..a", "a\nb", "C:", "a:b", "CON", "a\\b", " ", "a b ", "a.", "漢字", "\ud834\udd1e"})
    void parseAcceptsWhatOnlySomePlatformsForbid(String name) throws NameException {
        assertEquals(name, RelativePath.parse(name).name());
        assertEquals(name, RelativePath.parse("d/" + name).name());
        assertEquals(Optional.empty(), RelativePath.faultOfName(name));
    }

    @Test
    void partsFitTogether() throws NameException {
        RelativePath path = RelativePath.ROOT.child("a").child("b").resolve("c");
        assertEquals("a/b/c", path.text());
        assertEquals(3, path.depth());
        assertEquals("a/b", path.parent().orElseThrow().text());
        assertEquals(Optional.of(RelativePath.ROOT), new RelativePath("a").parent());
        assertEquals(Optional.empty(), RelativePath.ROOT.parent());
        assertTrue(path.isBelow(new RelativePath("a/b")));
        assertTrue(path.isBelow(RelativePath.ROOT));
        assertFalse(new RelativePath("ab").isBelow(new RelativePath("a")));
        assertFalse(path.isBelow(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a\0"})
    void childAndResolveRefuseUnusableNames(String name) {
        RelativePath directory = new RelativePath("d");
        assertThrows(IllegalArgumentException.class, () -> directory.child(name));
        assertThrows(IllegalArgumentException.class, () -> RelativePath.ROOT.child(name));
        assertThrows(NameException.class, () -> directory.resolve(name));
        assertThrows(NameException.class, () -> RelativePath.ROOT.resolve(name));
    }
}
