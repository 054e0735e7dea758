package org.stratobox.sync.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.RealFiles;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.TreeEntry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ScannerTest {
    @TempDir
    Path base;

    private Path root;
    private SyncIndex index;
    private Recorder sink;

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectories(base.resolve("folder"));
        index = SqliteIndex.open(base.resolve("index.db"), LocalKey.of(Secret.takeOwnership(new byte[32])));
        sink = new Recorder(index.entries());
    }

    @AfterEach
    void close() {
        index.close();
    }

    /// Records everything in the index as it is told, without reading any content.
    private static final class Recorder implements ScanSink {
        final TreeSet<String> files = new TreeSet<>();
        final TreeSet<String> small = new TreeSet<>();
        final List<String> gone = new ArrayList<>();
        final TreeSet<String> problems = new TreeSet<>();
        private final EntryIndex entries;
        private boolean racy;
        private long seen;

        Recorder(EntryIndex entries) {
            this.entries = entries;
        }

        private long put(Found found) throws IndexException {
            EntryKind kind = switch (found.stat().kind()) {
                case FILE -> EntryKind.FILE;
                case SYMLINK -> EntryKind.SYMLINK;
                default -> EntryKind.DIRECTORY;
            };
            Content content = switch (kind) {
                case FILE -> new Content.Inline(new byte[0]);
                case SYMLINK -> new Content.Link("target");
                default -> new Content.None();
            };
            DeviceId device = new DeviceId(new Id16(1, 1));
            return entries.put(found.directory(),
                    TreeEntry.of(found.name(), new Entry(kind, new FileId(new Id16(0, 1)), content, 0, 0, 0644,
                            VersionVector.of(device, 1), device, 0, Optional.empty())),
                    Scanner.evidence(found.stat(), racy));
        }

        @Override
        public void file(Found file) {
            files.add(file.shown());
            try {
                put(file);
            } catch (IndexException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<Long> small(List<Found> entries) throws IndexException {
            List<Long> rows = new ArrayList<>();
            for (Found found : entries) {
                small.add(found.shown());
                rows.add(put(found));
            }
            return rows;
        }

        @Override
        public void gone(long directory, Row row, Path parent) {
            try {
                gone.add(entries.known(row.id()).name());
            } catch (IndexException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void problem(String shown, String reason) {
            problems.add(shown);
        }

        @Override
        public void seen(long size) {
            seen++;
        }

        void clear() {
            files.clear();
            small.clear();
            gone.clear();
            problems.clear();
            seen = 0;
        }
    }

    private void scan() throws Exception {
        scan(new RealFiles());
    }

    private void scan(org.stratobox.sync.localfs.LocalFiles files) throws Exception {
        sink.clear();
        new Scanner(files, index.entries(), sink, IgnoreRules.standard()).scan(root,
                index.entries().root(new FolderId(new Id16(5, 5))));
    }

    private void tree() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("top.txt"), "top");
        Files.writeString(root.resolve("a/b/deep.txt"), "deep");
        Files.createSymbolicLink(root.resolve("a/link"), Path.of("../top.txt"));
        Files.createSymbolicLink(root.resolve("loop"), root);
    }

    @Test
    void everythingIsFoundOnceAndNothingTheSecondTime() throws Exception {
        tree();
        scan();
        assertEquals(new TreeSet<>(List.of("top.txt", "a/b/deep.txt")), sink.files);
        assertEquals(new TreeSet<>(List.of("a", "a/b", "a/link", "loop")), sink.small);
        assertEquals(6, sink.seen);
        scan();
        assertTrue(sink.files.isEmpty(), sink.files::toString);
        assertTrue(sink.small.isEmpty(), sink.small::toString);
        assertEquals(List.of(), sink.gone);
        assertEquals(6, sink.seen);
    }

    @Test
    void racyFileIsLookedAtAgain() throws Exception {
        tree();
        sink.racy = true;
        scan();
        sink.racy = false;
        scan();
        assertTrue(sink.files.contains("top.txt"));
        scan();
        assertTrue(sink.files.isEmpty(), sink.files::toString);
    }

    @Test
    void changeOfSizeOrModeIsFound() throws Exception {
        tree();
        scan();
        Files.writeString(root.resolve("top.txt"), "longer than before");
        Files.setPosixFilePermissions(root.resolve("a/b/deep.txt"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        scan();
        assertEquals(new TreeSet<>(List.of("top.txt", "a/b/deep.txt")), sink.files);
    }

    @Test
    void replacedFileOfSameSizeAndTimeIsFound() throws Exception {
        tree();
        scan();
        Path file = root.resolve("top.txt");
        var time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(root.resolve("other"), "pot");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        scan();
        assertEquals(new TreeSet<>(List.of("top.txt")), sink.files);
    }

    @Test
    void whatIsGoneIsSaidAtItsTop() throws Exception {
        tree();
        scan();
        Files.delete(root.resolve("a/b/deep.txt"));
        Files.delete(root.resolve("a/b"));
        Files.delete(root.resolve("loop"));
        scan();
        assertEquals(List.of("b", "loop"), sink.gone.stream().sorted().toList());
    }

    @Test
    void ownFilesOfTheProductAreLeftOut() throws Exception {
        Files.createDirectories(root.resolve(".stratobox"));
        Files.writeString(root.resolve(".stratobox/folder"), "x");
        Files.writeString(root.resolve(".stratobox-temporary"), "x");
        scan();
        assertEquals(0, sink.seen);
    }

    @Test
    void directoryThatCannotBeListedIsNamedAndNothingInItIsGone() throws Exception {
        tree();
        scan();
        scan(new RealFilesWithout("b"));
        assertEquals(new TreeSet<>(List.of("a/b")), sink.problems);
        assertEquals(List.of(), sink.gone);
    }

    @Test
    void rootThatCannotBeListedFails() throws Exception {
        tree();
        scan();
        assertThrows(IOException.class, () -> scan(new RealFilesWithout("folder")));
        assertEquals(List.of(), sink.gone);
    }

    @Test
    void otherDiskInsideTheFolderIsNamedAndNothingInItIsGone() throws Exception {
        tree();
        scan();
        scan(new RealFilesWithout("") {
            @Override
            public FileStat stat(Path path) throws IOException {
                FileStat s = super.stat(path);
                return path.endsWith("b")
                        ? new FileStat(s.kind(), s.size(), s.mtimeNanos(), s.ctimeNanos(), s.fileKey(),
                                s.device() + 1, s.mode())
                        : s;
            }
        });
        assertEquals(new TreeSet<>(List.of("a/b")), sink.problems);
        assertEquals(List.of(), sink.gone);
    }

    @Test
    void ignoredEntriesAreNeitherFoundNorEntered() throws Exception {
        tree();
        Files.writeString(root.resolve(IgnoreRules.FILE_NAME), "b/\n*.log\n!keep.log\n");
        Files.writeString(root.resolve("a/x.log"), "x");
        Files.writeString(root.resolve("a/keep.log"), "x");
        Files.writeString(root.resolve("draft.swp"), "x");
        scan();
        assertEquals(new TreeSet<>(List.of(".stratoignore", "a/keep.log", "top.txt")), sink.files);
        assertEquals(new TreeSet<>(List.of("a", "a/link", "loop")), sink.small);
        assertEquals(new TreeSet<>(), sink.problems);
    }

    @Test
    void entryThatBecomesIgnoredIsNotGoneEvenWhenItIsDeleted() throws Exception {
        tree();
        scan();
        Files.writeString(root.resolve(IgnoreRules.FILE_NAME), "b\ntop.txt\n");
        scan();
        assertEquals(List.of(), sink.gone);
        Files.delete(root.resolve("top.txt"));
        Files.delete(root.resolve("a/b/deep.txt"));
        Files.delete(root.resolve("a/b"));
        scan();
        assertEquals(List.of(), sink.gone);
        assertEquals(new TreeSet<>(), sink.files);
        Files.delete(root.resolve(IgnoreRules.FILE_NAME));
        scan();
        assertEquals(List.of(".stratoignore", "b", "top.txt"), sink.gone.stream().sorted().toList());
    }

    @Test
    void entryThatIsNoLongerIgnoredIsComparedWithItsOldRow() throws Exception {
        tree();
        scan();
        Path rules = Files.writeString(root.resolve(IgnoreRules.FILE_NAME), "*.txt\n");
        scan();
        Files.writeString(root.resolve("top.txt"), "changed while it was ignored");
        scan();
        assertEquals(new TreeSet<>(), sink.files);
        Files.writeString(rules, "nothing\n");
        scan();
        assertEquals(new TreeSet<>(List.of(".stratoignore", "top.txt")), sink.files);
    }

    @Test
    void rulesDeeperDownDecideFirst() throws Exception {
        tree();
        Files.writeString(root.resolve(IgnoreRules.FILE_NAME), "*.txt\n");
        Files.writeString(root.resolve("a").resolve(IgnoreRules.FILE_NAME), "!/b/deep.txt\n");
        scan();
        assertEquals(new TreeSet<>(List.of(".stratoignore", "a/.stratoignore", "a/b/deep.txt")), sink.files);
    }

    @Test
    void directoryWhoseRulesCannotBeReadIsLeftAsItIs() throws Exception {
        tree();
        scan();
        Files.write(root.resolve("a").resolve(IgnoreRules.FILE_NAME), new byte[IgnoreRules.MAX_FILE_BYTES + 1]);
        Files.delete(root.resolve("a/b/deep.txt"));
        scan();
        assertEquals(new TreeSet<>(List.of("a/.stratoignore")), sink.problems);
        assertEquals(List.of(), sink.gone);
    }

    @Test
    void lineThatIsNoRuleIsNamedAndTheOthersCount() throws Exception {
        tree();
        Files.writeString(root.resolve(IgnoreRules.FILE_NAME), "[broken\ntop.txt\n");
        scan();
        assertEquals(new TreeSet<>(List.of(".stratoignore")), sink.problems);
        assertEquals(new TreeSet<>(List.of(".stratoignore", "a/b/deep.txt")), sink.files);
    }

    @Test
    void interruptedScanEnds() throws Exception {
        tree();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, this::scan);
        assertTrue(sink.files.isEmpty());
    }

    @Test
    void evidenceOfDirectoriesIgnoresSizeAndChangeTime() {
        FileStat one = new FileStat(FileStat.Kind.DIRECTORY, 10, 5, 6, 7, 8, 0755);
        FileStat two = new FileStat(FileStat.Kind.DIRECTORY, 99, 5, 66, 7, 8, 0755);
        assertTrue(Scanner.evidence(one, false).proves(Scanner.evidence(two, false)));
        Evidence racy = Scanner.evidence(one, true);
        assertTrue(racy.isOf(Scanner.evidence(two, false)) && !racy.proves(Scanner.evidence(two, false)));
    }

    /// The real disk, but one name may not be listed.
    private static class RealFilesWithout implements org.stratobox.sync.localfs.LocalFiles {
        private final RealFiles real = new RealFiles();
        private final String denied;

        RealFilesWithout(String denied) {
            this.denied = denied;
        }

        @Override
        public List<Child> list(Path directory) throws IOException {
            if (directory.getFileName().toString().equals(denied)) {
                throw new AccessDeniedException("scripted");
            }
            return real.list(directory);
        }

        @Override
        public FileStat stat(Path path) throws IOException {
            return real.stat(path);
        }

        @Override
        public java.nio.channels.FileChannel open(Path file) throws IOException {
            return real.open(file);
        }

        @Override
        public String readLink(Path link) throws IOException {
            return real.readLink(link);
        }
    }
}
