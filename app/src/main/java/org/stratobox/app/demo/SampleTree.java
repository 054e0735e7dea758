package org.stratobox.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

import org.stratobox.crypto.Entropy;

/// A folder as people have them: texts, pictures (bytes that do not compress), a film, a program, links, empty things,
/// names in several scripts, times from long ago.
public final class SampleTree {
    private static final int MIB = 1 << 20;
    private static final int FILM_MIB = 64;
    private static final int NOTES = 200;
    private static final int PHOTOS = 12;

    private final Path root;
    private final Entropy entropy;

    private SampleTree(Path root, Entropy entropy) {
        this.root = root;
        this.entropy = entropy;
    }

    /// @param root an existing empty directory
    /// @param entropy for bytes that do not compress
    /// @throws IOException if it cannot be written
    public static void write(Path root, Entropy entropy) throws IOException {
        var tree = new SampleTree(root, entropy);
        tree.texts();
        tree.pictures();
        tree.oddities();
        // last: writing into a directory changes its time
        tree.dated("", "2024-05-05T05:05:05.555Z");
        tree.dated("Photos/2019 Lisbon", "2019-08-01T10:00:00.001Z");
    }

    private void texts() throws IOException {
        for (int i = 0; i < NOTES; i++) {
            String line = "Note " + i + ": remember the milk, the bread and the other " + i * 7919 + " things.\n";
            text("Notes/%02d/note-%03d.md".formatted(i / 25, i), line.repeat(1 + i * 3 % 97));
        }
        text("Letters/\u00dcberweisung an M\u00fcller.txt", "Gr\u00fc\u00dfe aus K\u00f6ln\n");
        text("Letters/\u041f\u0438\u0441\u044c\u043c\u043e.txt", "\u041f\u0440\u0438\u0432\u0435\u0442!\n");
        text("Letters/\u624b\u7d19 \u2709\ufe0f \ud83d\udcee.txt", "\u3053\u3093\u306b\u3061\u306f\n");
        text("Letters/  spaces, 'quotes' & a long name ".concat("x".repeat(150)), "still a file\n");
        dated("Notes/00/note-000.md", "1999-12-31T23:59:59.123Z");
        dated("Notes/00/note-001.md", "1970-01-01T00:00:01Z");
        dated("Notes/00/note-002.md", "2038-01-19T03:14:08.999Z");
    }

    private void pictures() throws IOException {
        for (int i = 0; i < PHOTOS; i++) {
            noise("Photos/2019 Lisbon/IMG_%04d.jpg".formatted(1000 + i), (i + 1) * 77_777);
        }
        noise("Films/holiday.mp4", FILM_MIB * MIB);
        dated("Photos/2019 Lisbon/IMG_1003.jpg", "2019-07-14T18:22:07.250Z");
    }

    private void oddities() throws IOException {
        text("empty.txt", "");
        Files.createDirectories(root.resolve("Empty folder").resolve("inside an empty folder"));
        text("a/b/c/d/e/f/g/h/i/j/deep.txt", "ten levels down\n");
        text("bin/run.sh", "#!/bin/sh\necho it runs\n");
        text("private/diary.txt", "for my eyes only\n");
        text("private/final.txt", "nobody changes this\n");
        mode("bin/run.sh", "rwxr-xr-x");
        mode("private/final.txt", "r--r--r--");
        mode("private/diary.txt", "rw-------");
        mode("private", "rwx------");
        link("shortcut to the script", "bin/run.sh");
        link("Notes/latest", "07");
        link("broken link", "nowhere/at all");
    }

    private void text(String name, String content) throws IOException {
        Path file = file(name);
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private void noise(String name, int bytes) throws IOException {
        byte[] block = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(file(name))) {
            for (int left = bytes; left > 0; left -= block.length) {
                entropy.fill(block);
                out.write(block, 0, Math.min(left, block.length));
            }
        }
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
        return file;
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }

    private void mode(String name, String permissions) throws IOException {
        Path file = root.resolve(name);
        if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    private void dated(String name, String time) throws IOException {
        Files.setLastModifiedTime(root.resolve(name), FileTime.from(Instant.parse(time)));
    }
}
