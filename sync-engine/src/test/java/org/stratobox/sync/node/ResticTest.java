package org.stratobox.sync.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.TestNodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/// The proof that the embedded node is what it claims to be: a stock restic works with it.
class ResticTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void aStockResticInitialisesBacksUpChecksRestoresAndPrunes() throws Exception {
        Path source = Files.createDirectories(temp.resolve("source").resolve("below"));
        for (int i = 0; i < 20; i++) {
            Files.write(source.resolve("file" + i), TestNodes.body(i, 1 + i * i * 20_000));
        }
        NodeConfig config = NodeConfig.loopback(temp.resolve("served"))
                .withAccess(NodeCredentials.parse(Optional.of("user:secret")));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                EmbeddedNode node = EmbeddedNode.start(config, executor)) {
            String url = "rest:" + node.url().replace("http://", "http://user:secret@") + "some/repo/";
            restic(url, "init");
            restic(url, "backup", temp.resolve("source").toString());
            restic(url, "backup", temp.resolve("source").toString());
            restic(url, "check", "--read-data");
            restic(url, "restore", "latest", "--target", temp.resolve("restored").toString());
            restic(url, "forget", "--keep-last", "1", "--prune");
            restic(url, "check");
        }
        Path restored = temp.resolve("restored" + temp.resolve("source")).resolve("below");
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(TestNodes.body(i, 1 + i * i * 20_000), Files.readAllBytes(restored.resolve("file" + i)));
        }
    }

    private void restic(String repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r", repository));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_PASSWORD", "of a test");
        Process process = started(builder);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", arguments) + "\n" + output);
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            if (System.getenv("STRATOBOX_REQUIRE_ENGINES") != null) {
                throw new AssertionError("the program restic is required here", e);
            }
            return Assumptions.abort("SKIPPED: the program restic is not here (Debian package restic), so nothing is "
                    + "known about restic and our node: " + e.getMessage());
        }
    }
}
