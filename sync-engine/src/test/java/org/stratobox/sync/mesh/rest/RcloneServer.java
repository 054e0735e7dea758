package org.stratobox.sync.mesh.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/// `rclone serve restic` over a folder, on a free port of this computer.
final class RcloneServer {
    private final Process process;
    private final String url;
    private final Thread drain;

    private RcloneServer(Process process, String url, BufferedReader log) {
        this.process = process;
        this.url = url;
        // A full pipe would stop the server.
        this.drain = Thread.ofVirtual().start(() -> log.lines().forEach(line -> {}));
    }

    static RcloneServer start(Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder("rclone", "serve", "restic", folder.toString(), "--addr",
                "127.0.0.1:" + port, "--config", folder.resolve("no-config").toString()).redirectErrorStream(true);
        Process process = started(builder);
        BufferedReader log = process.inputReader();
        StringBuilder said = new StringBuilder();
        String line = log.readLine();
        while (line != null && !line.contains("Serving restic REST API")) {
            said.append(line).append('\n');
            line = log.readLine();
        }
        if (line == null) {
            throw new IOException("rclone did not start: " + said);
        }
        return new RcloneServer(process, "http://127.0.0.1:" + port + "/", log);
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            if (System.getenv("STRATOBOX_REQUIRE_ENGINES") != null) {
                throw new AssertionError("the program rclone is required here", e);
            }
            return Assumptions.abort("SKIPPED: the program rclone is not here (Debian package rclone), so nothing is "
                    + "known about our adapter and rclone's server: " + e.getMessage());
        }
    }

    String url() {
        return url;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        drain.join();
    }
}
