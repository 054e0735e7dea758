package org.stratobox.app.cli;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MachineTest {
    private static final Path USER = Path.of("/home/u");

    private static Path home(String system, Map<String, String> environment) {
        return new Machine(environment, USER, USER, system, ZoneOffset.UTC).defaultHome();
    }

    @Test
    void defaultHomeIsThePlaceOfTheSystem() {
        assertEquals(USER.resolve(".local/share/stratobox"), home("Linux", Map.of()));
        assertEquals(Path.of("/data/stratobox"), home("Linux", Map.of("XDG_DATA_HOME", "/data")));
        assertEquals(USER.resolve(".local/share/stratobox"), home("Linux", Map.of("XDG_DATA_HOME", "relative")));
        assertEquals(USER.resolve("Library/Application Support/Stratobox"), home("Mac OS X", Map.of()));
        assertEquals(USER.resolve("AppData/Local/Stratobox"), home("Windows 11", Map.of()));
    }

    @Test
    void defaultHomeIsTheOneOfTheEnvironmentWhenThereIsOne() {
        assertEquals(Path.of("/x"), home("Linux", Map.of("STRATOBOX_HOME", "/x", "XDG_DATA_HOME", "/data")));
        assertEquals(USER.resolve(".local/share/stratobox"), home("Linux", Map.of("STRATOBOX_HOME", "")));
    }
}
