package org.stratobox.sync.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RequestPathTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void pathsNameWhatTheProtocolSays() {
        List<String> repository = List.of("a", "b.c");
        assertEquals(Optional.of(new RequestPath.Whole(repository)), RequestPath.parse("/a/b.c/"));
        assertEquals(Optional.of(new RequestPath.Config(repository)), RequestPath.parse("/a//b.c/config"));
        assertEquals(Optional.of(new RequestPath.Listing(repository, Space.HEAD)),
                RequestPath.parse("/a/b.c/snapshots/"));
        assertEquals(Optional.of(new RequestPath.Named(repository, Space.DATA, ObjectName.parse(HEX))),
                RequestPath.parse("/a/b.c/data/" + HEX));
    }

    @Test
    void noPathWhateverItHoldsLeadsOutOfTheRoot() {
        long seed = 20261120;
        Random random = new Random(seed);
        List<String> parts = List.of("..", ".", "/", "//", "%2e", "%2f", "\\", "data", "config", "keys", HEX, "a", "-",
                "\0", "~", ":", "...", ".a", "a..", "tmp", "\u00e9");
        Path root = Path.of("/srv/node");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder("/");
            for (int n = random.nextInt(8); n >= 0; n--) {
                path.append(parts.get(random.nextInt(parts.size())));
                path.append(random.nextBoolean() ? "/" : "");
            }
            RequestPath.parse(path.toString()).ifPresent(found -> {
                Path file = found.in(root).configFile();
                assertTrue(file.normalize().equals(file) && file.startsWith(root) && file.getNameCount() > 3,
                        () -> "seed " + seed + ": " + path);
            });
        }
    }
}
