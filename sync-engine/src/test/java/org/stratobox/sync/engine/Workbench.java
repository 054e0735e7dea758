package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.key.SystemEntropy;
import org.stratobox.crypto.keystore.KdfParameters;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.Parsed;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.boot.EngineConfig;
import org.stratobox.sync.boot.Engines;

/// A laptop, its nodes and a folder, below one temporary directory.
final class Workbench {
    static final String PHRASE = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    final Stratobox engine = Engines.create(new EngineConfig(KdfParameters.FLOOR));
    final Path base;
    final Path folder;
    final List<Path> nodes = new ArrayList<>();

    Workbench(Path base, int nodeCount) throws IOException {
        this.base = base;
        folder = Files.createDirectories(base.resolve("folder"));
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(Files.createDirectories(base.resolve("node" + i)));
        }
    }

    static Secret passphrase() {
        return Secret.copyOf("correct horse".getBytes(StandardCharsets.UTF_8));
    }

    static Mnemonic phrase() {
        return ((Parsed.Valid) Mnemonic.parse(PHRASE)).mnemonic();
    }

    static Mnemonic newPhrase() {
        return Mnemonic.generate(24, new SystemEntropy());
    }

    Path home() {
        return base.resolve("home");
    }

    List<NodeSource> sources() {
        return nodes.stream().map(n -> new NodeSource("folder:" + n, Optional.empty())).toList();
    }

    Account init() throws StratoboxException {
        return engine.init(new InitRequest(home(), phrase(), passphrase(), "laptop", sources(),
                Optional.of(new FolderSource(folder, "main"))));
    }

    Account open() throws StratoboxException {
        return engine.open(home(), passphrase());
    }

    /// Makes a tree of files of all kinds below the folder.
    void fill(long seed, int files) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < files; i++) {
            Path directory = folder.resolve("d" + random.nextInt(7)).resolve("e" + random.nextInt(3));
            Files.createDirectories(directory);
            int size = switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1, 2 -> random.nextInt(3000);
                case 3, 4 -> 3000 + random.nextInt(40_000);
                default -> random.nextInt(300_000);
            };
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Path file = directory.resolve("file-" + i + (i % 5 == 0 ? " ü€.txt" : ".bin"));
            Files.write(file, bytes);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L + i * 1234L));
            if (i % 4 == 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
            }
        }
        byte[] large = new byte[5_000_000];
        random.nextBytes(large);
        Files.write(folder.resolve("large.bin"), large);
        Files.createDirectories(folder.resolve("empty/inside"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("large.bin"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("../nowhere"));
    }

    /// Path to what it is: kind, bytes, mode, time in milliseconds, target.
    static SortedMap<String, String> tree(Path root) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String name = root.relativize(path).toString();
                if (!name.isEmpty() && !name.startsWith(".stratobox")) {
                    tree.put(name, describe(path));
                }
            }
        }
        return tree;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        long time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis();
        return Files.isDirectory(path)
                ? "directory " + mode + " " + time
                : HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(path)).bytes()) + " " + mode + " " + time;
    }

    /// Bytes of all objects on the nodes.
    long stored() throws IOException {
        long sum = 0;
        for (Path node : nodes) {
            try (Stream<Path> all = Files.walk(node)) {
                sum += all.filter(Files::isRegularFile).mapToLong(p -> size(p)).sum();
            }
        }
        return sum;
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
