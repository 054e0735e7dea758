package org.stratobox.sync.localfs;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RealFilesTest {
    @TempDir
    Path directory;

    @Test
    void listRefusesADirectoryThatDoesNotFitInMemory() throws Exception {
        for (String name : new String[]{"a", "b", "c"}) {
            Files.createFile(directory.resolve(name));
        }
        assertEquals(3, new RealFiles(3).list(directory).size());
        assertThrows(DirectoryTooLarge.class, () -> new RealFiles(2).list(directory));
    }
}
