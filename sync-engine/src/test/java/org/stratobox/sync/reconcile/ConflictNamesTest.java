package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.sync.reconcile.Entries.A;
import static org.stratobox.sync.reconcile.Entries.B;
import static org.stratobox.sync.reconcile.Entries.file;
import static org.stratobox.sync.reconcile.Entries.path;
import static org.stratobox.sync.reconcile.Entries.vv;

class ConflictNamesTest {
    private static final long WALL = 1_795_183_320_000L;
    private static final Entry LOSER = file("content", vv(A, 1), A, WALL);
    private static final String IDENTITY = LOSER.content().identity().hex();
    private static final String WHO = " (conflict from my desk, 2026-11-20 14.02, ";
    private final ConflictNames names = new ConflictNames(Map.of(A, "my desk", B, "../\n/etc"));

    @ParameterizedTest
    @CsvSource({"a.txt,a,.txt", "dir/a.txt,dir/a,.txt", "Makefile,Makefile,''", ".profile,.profile,''",
        "a.tar.gz,a.tar,.gz", "a.,a,."})
    void pathForPutsTheTextBeforeTheExtension(String path, String stem, String extension) {
        assertEquals(stem + WHO + IDENTITY.substring(0, 4) + ")" + extension, names.pathFor(path(path), LOSER).text());
    }

    @Test
    void pathForDoesNotNestCopiesOfCopies() {
        RelativePath copy = names.pathFor(path("a.txt"), LOSER);
        Entry other = file("other", vv(A, 2), A, WALL + 600_000);
        assertEquals(names.pathFor(path("a.txt"), other), names.pathFor(copy, other));
        RelativePath bare = names.pathFor(path("Makefile"), LOSER);
        assertEquals(names.pathFor(path("Makefile"), other), names.pathFor(bare, other));
    }

    @Test
    void pathForNeverGivesThePathItself() {
        RelativePath path = path("a.txt");
        for (int digits : new int[]{4, 8, 16, 32, 64}) {
            path = names.pathFor(path, LOSER);
            assertEquals("a" + WHO + IDENTITY.substring(0, digits) + ").txt", path.text());
        }
    }

    @Test
    void pathForMakesHostileLabelsHarmless() {
        String copy = names.pathFor(path("x"), file("c", vv(B, 1), B, WALL)).text();
        assertTrue(copy.startsWith("x (conflict from ..etc, 2026-11-20 14.02, "), copy);
    }

    @Test
    void pathForCutsLongNamesAtACharacter() {
        String name = "漢".repeat(85);
        String copy = names.pathFor(path(name), LOSER).text();
        assertTrue(copy.getBytes(StandardCharsets.UTF_8).length <= 255);
        assertTrue(copy.startsWith("漢漢漢漢") && copy.endsWith(")"));
    }
}
