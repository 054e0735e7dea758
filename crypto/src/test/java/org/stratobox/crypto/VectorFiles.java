package org.stratobox.crypto;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official test vectors, which lie beside the checkout in `shared/vectors` and are not copied into the project.
public final class VectorFiles {
    private VectorFiles() {}

    /// @param name path below `shared/vectors`
    /// @return the parsed file; aborts the test loudly where the folder is absent
    public static JsonNode json(String name) {
        Path start = Path.of("").toAbsolutePath();
        for (Path dir = start; dir != null; dir = dir.getParent()) {
            Path file = dir.resolve("shared").resolve("vectors").resolve(name);
            if (Files.isRegularFile(file)) {
                return JsonMapper.shared().readTree(file.toFile());
            }
        }
        return Assumptions.abort("SKIPPED: the official vectors '" + name
                + "' are not here; they belong in shared/vectors beside the checkout");
    }
}
