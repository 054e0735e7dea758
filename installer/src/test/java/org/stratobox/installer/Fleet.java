package org.stratobox.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.stratobox.installer.ProcessHarness.Ended;
import org.stratobox.installer.ProcessHarness.Running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Devices of one account with a process each, and nodes with a process each, as they would be on many machines.
final class Fleet implements AutoCloseable {
    private static final String PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS
            .toNanos(Long.getLong("stratobox.patience.seconds", 240));

    private final Path directory;
    private final ProcessHarness harness;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();

    Fleet(Path directory) {
        this.directory = directory;
        harness = new ProcessHarness(directory);
    }

    /// Starts so many nodes and devices, and waits until each device has looked at everything once.
    void start(int nodeCount, int deviceCount) throws IOException, InterruptedException {
        Path phrase = Files.writeString(directory.resolve("phrase"), PHRASE + "\n");
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new Node("store" + i));
        }
        for (int i = 0; i < deviceCount; i++) {
            devices.add(new Device(Character.toString('A' + i)));
        }
        for (Device device : devices) {
            device.init(phrase);
        }
        for (Device device : devices) {
            device.start();
        }
        awaitAllEqual();
    }

    Device device(int number) {
        return devices.get(number);
    }

    List<Device> devices() {
        return List.copyOf(devices);
    }

    Node node(int number) {
        return nodes.get(number);
    }

    Ended shell(String script) throws IOException, InterruptedException {
        Ended ended = harness.start(List.of("sh", "-ec", script), Map.of("HOME", directory.toString())).await();
        assertEquals(0, ended.code(), () -> script + "\n" + ended.out() + ended.err());
        return ended;
    }

    /// @return whether a program is on this machine
    boolean has(String program) throws IOException, InterruptedException {
        return harness.start(List.of("sh", "-c", "command -v " + program), Map.of()).await().code() == 0;
    }

    /// Waits until all folders hold the same below a path. What was changed on one differs from the others at once, so this
    /// ends only when everybody has it, or has lost it: look at what is there.
    ///
    /// @return the path's tree
    Map<String, String> awaitEqual(String below) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!areEqual(below)) {
            if (System.nanoTime() > deadline) {
                fail(below);
            }
            devices.getFirst().running().stillRunsAfter(LOOK_EVERY_MILLIS);
        }
        return Tree.of(devices.getFirst().path(below));
    }

    /// Waits until all folders hold the same, every device says that it is up to date and safe, and that stays so.
    void awaitAllEqual() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Map<String, String> before = awaitEqual("");
            List<String> unsafe = new ArrayList<>();
            for (Device device : devices) {
                Ended status = device.run("status", "--json");
                if (status.code() != 0 || status.out().contains("\"syncing\"")) {
                    unsafe.add(device.name + " ended with " + status.code() + ": " + status.out() + status.err());
                }
            }
            if (unsafe.isEmpty() && areEqual("") && before.equals(Tree.of(devices.getFirst().folder))) {
                return;
            }
            assertTrue(System.nanoTime() < deadline, () -> "not safe in time: " + unsafe);
        }
    }

    /// Waits until a device answers a command with this exit code.
    Ended awaitCode(int code, Device device, String... arguments) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Ended ended = device.run(arguments);
            if (ended.code() == code) {
                return ended;
            }
            assertTrue(System.nanoTime() < deadline, () -> "it ended with " + ended.code() + ":\n" + ended.out()
                    + ended.err());
        }
    }

    private boolean areEqual(String below) throws IOException {
        Map<String, String> first = Tree.of(devices.getFirst().path(below));
        for (Device device : devices.subList(1, devices.size())) {
            if (!first.equals(Tree.of(device.path(below)))) {
                return false;
            }
        }
        return true;
    }

    private void fail(String below) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("the folders are not equal in time:\n");
        Map<String, String> first = Tree.of(devices.getFirst().path(below));
        for (Device device : devices) {
            Map<String, String> tree = Tree.of(device.path(below));
            text.append(device.name).append(": ").append(tree.size()).append(" entries; not as A: ");
            tree.entrySet().stream().filter(e -> !e.getValue().equals(first.get(e.getKey()))).limit(10)
                    .forEach(e -> text.append("\n  ").append(e));
            first.keySet().stream().filter(path -> !tree.containsKey(path)).limit(10)
                    .forEach(path -> text.append("\n  missing ").append(path));
            text.append('\n').append(device.run("status").out()).append(device.running().err()).append('\n');
        }
        throw new AssertionError(text.toString());
    }

    @Override
    public void close() {
        harness.close();
    }

    /// A node in a process of its own, at an address that it keeps.
    final class Node {
        private final String store;
        private Running running;
        private final String address;

        Node(String store) throws IOException, InterruptedException {
            this.store = directory.resolve(store).toString();
            running = start("127.0.0.1:0");
            address = running.firstLine();
        }

        private Running start(String listen) throws IOException {
            return harness.start(Map.of(), "serve", "--store", store, "--listen", listen);
        }

        String address() {
            return address;
        }

        /// Ends it as a power failure would.
        void kill() throws IOException, InterruptedException {
            running.kill();
            running.await();
        }

        void restart() throws IOException, InterruptedException {
            running = start(address.replaceAll("^rest:http://|/$", ""));
            running.firstLine();
        }
    }

    /// A device: a home, a folder, and while it runs a process.
    final class Device {
        final String name;
        final Path folder;
        private final Path home;
        private final Map<String, String> environment = new HashMap<>();
        private final List<Running> runs = new ArrayList<>();

        Device(String name) throws IOException {
            this.name = name;
            folder = Files.createDirectories(directory.resolve("folder-" + name));
            home = directory.resolve("home-" + name);
            environment.put("STRATOBOX_HOME", home.toString());
            environment.put("HOSTNAME", "device-" + name);
        }

        private void init(Path phrase) throws IOException, InterruptedException {
            List<String> arguments = new ArrayList<>(List.of("init", "--folder", folder.toString(), "--phrase-file",
                    phrase.toString(), "--node"));
            nodes.forEach(node -> arguments.add(node.address()));
            Ended ended = run(arguments.toArray(String[]::new));
            assertEquals(0, ended.code(), ended.out() + ended.err());
        }

        Ended run(String... arguments) throws IOException, InterruptedException {
            return harness.start(environment, arguments).await();
        }

        void start() throws IOException {
            runs.add(harness.start(environment, "run", "--verbose"));
        }

        Running running() {
            return runs.getLast();
        }

        /// Ends it as a power failure would.
        void kill() throws IOException, InterruptedException {
            running().kill();
            running().await();
        }

        Ended stop() throws IOException, InterruptedException {
            running().terminate();
            return running().await();
        }

        Path path(String relative) {
            return folder.resolve(relative);
        }

        Path write(String relative, String text) throws IOException {
            Path file = path(relative);
            Files.createDirectories(file.resolveSibling("x").getParent());
            return Files.writeString(file, text);
        }
    }
}
