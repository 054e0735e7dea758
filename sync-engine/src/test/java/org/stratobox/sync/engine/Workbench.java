package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.boot.EngineConfig;
import org.stratobox.sync.boot.Engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A laptop, its nodes and a folder, below one temporary directory.
final class Workbench {
    static final String PHRASE = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    final Stratobox engine;
    final Path base;
    final Path folder;
    final List<Path> nodes = new ArrayList<>();

    Workbench(Path base, int nodeCount) throws IOException {
        this(base, nodeCount, Engines.create(new EngineConfig(KdfParameters.FLOOR)));
    }

    Workbench(Path base, int nodeCount, Stratobox engine) throws IOException {
        this.base = base;
        this.engine = engine;
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

    static RestoreRequest all(Path target) {
        return new RestoreRequest(target, Optional.empty(), List.of(), Optional.empty());
    }

    /// The account as seen by who has the phrase and one node.
    Restorable find(int node) throws StratoboxException {
        return engine.findAccount(phrase(), List.of(sources().get(node)));
    }

    /// Restores everything with the phrase and one node.
    Path restoreFrom(int node) throws StratoboxException {
        Path target = base.resolve("restored");
        try (Restorable found = find(node)) {
            RestoreReport report = found.restore(all(target), p -> {});
            assertEquals(List.of(), report.left());
        }
        return target;
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

    /// Everything below a directory with its bytes, the product's own files included.
    static SortedMap<String, String> bytesBelow(Path root) throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        for (Path file : files(root)) {
            all.put(root.relativize(file).toString(),
                    HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file)).bytes()));
        }
        return all;
    }

    /// All regular files below a directory.
    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        }
    }

    static List<String> texts(List<Path> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    /// Copies a directory of plain files.
    static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.resolveSibling("."));
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Removes a directory with everything in it, or one file.
    static void remove(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
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
