package org.stratobox.sync.index.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class SqliteSelectionTest {
    private static final FolderId DOCS = new FolderId(new Id16(1, 2));
    private static final FolderId PHOTOS = new FolderId(new Id16(3, 4));

    @TempDir
    Path base;

    private static RelativePath path(String text) {
        return new RelativePath(text);
    }

    @Test
    void chosenPathsComeBackSortedAfterReopening() throws Exception {
        try (SyncIndex index = SqliteIndexTest.open(base)) {
            index.selection().add(DOCS, path("taxes/2024"));
            index.selection().add(DOCS, path("albums"));
            index.selection().add(DOCS, path("albums"));
            index.selection().add(PHOTOS, path("raw"));
            index.selection().remove(PHOTOS, path("taxes/2024"));
        }
        try (SyncIndex index = SqliteIndexTest.open(base)) {
            assertEquals(List.of(path("albums"), path("taxes/2024")), index.selection().all(DOCS));
            index.selection().remove(DOCS, path("albums"));
            assertEquals(List.of(path("taxes/2024")), index.selection().all(DOCS));
            index.selection().forget(DOCS);
            assertEquals(List.of(), index.selection().all(DOCS));
            assertEquals(List.of(path("raw")), index.selection().all(PHOTOS));
        }
    }

    @Test
    void fileOfTheIndexShowsNoNames() throws Exception {
        try (SyncIndex index = SqliteIndexTest.open(base)) {
            index.selection().add(DOCS, path("unmistakable-name/below"));
        }
        String bytes = new String(Files.readAllBytes(base.resolve("index.db")), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("unmistakable-name"));
    }
}
