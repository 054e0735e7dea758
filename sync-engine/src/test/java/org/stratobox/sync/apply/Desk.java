package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.history.TestAccount;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.RealDisk;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.reconcile.Caution;
import org.stratobox.sync.reconcile.Difference;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Planner;
import org.stratobox.sync.reconcile.Surroundings;
import org.stratobox.sync.scan.Scanner;
import org.stratobox.sync.task.Cancellation;

/// One folder on a real disk with its base, and what other devices made of it. The test plays the user.
final class Desk implements AutoCloseable {
    static final FolderId FOLDER = new FolderId(new Id16(2, 2));
    static final DeviceId OTHER = new DeviceId(new Id16(7, 7));
    static final long OLD = 1_600_000_000_000L;
    static final FolderMarker MARKER = new FolderMarker(FOLDER, new Id16(4, 4));

    final TestAccount account;
    final Path root;
    final SyncIndex index;
    final Backoff backoff = new Backoff(() -> 0);
    LocalDisk disk = new RealDisk();
    SyncIndex seen;
    /// Wall clock, milliseconds. All files are old unless a test says otherwise.
    long now = 1_700_000_500_000L;
    boolean outsideLinks;
    private long versions = 1;

    /// @param home of the root and of a copy of the account's index
    Desk(TestAccount account, Path home) throws IOException, IndexException {
        this.account = account;
        this.root = Files.createDirectories(home.resolve("root")).toRealPath();
        // as FolderMarker#write makes it, without forcing it to the platter
        Files.createDirectory(path(FolderMarker.OWN_PREFIX));
        Files.writeString(path(FolderMarker.OWN_PREFIX).resolve("folder"),
                "stratobox-folder 1\n" + MARKER.folder() + "\n" + MARKER.volume() + "\n");
        index = SqliteIndex.open(home.resolve("desk.db"), LocalKey.of(Secret.takeOwnership(new byte[32])));
        for (var pack : account.index().packs().packs()) {
            index.packs().add(new org.stratobox.sync.object.PackRecord(pack.packId(), pack.length(), pack.k(), pack.n(),
                    pack.shares(), account.index().packs().items(pack.packId())), true);
        }
        seen = index;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /// The user writes a file in place.
    void write(String name, byte[] bytes) throws IOException {
        Files.write(path(name), bytes);
    }

    String text(String name) throws IOException {
        return Files.readString(path(name));
    }

    boolean exists(String name) {
        return Files.exists(path(name), LinkOption.NOFOLLOW_LINKS);
    }

    // ---- entries

    Entry file(String text) throws Exception {
        return file(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Entry file(byte[] bytes) throws Exception {
        return version(account.file(bytes), OLD + 5);
    }

    /// A new version by another device.
    Entry version(Entry e, long mtime) {
        versions++;
        return new Entry(e.kind(), new FileId(new Id16(5, versions)), e.content(), e.size(), mtime, e.mode(),
                VersionVector.of(OTHER, versions), OTHER, OLD + versions, Optional.empty());
    }

    /// The same file under a newer version, as a move or an attribute change makes it.
    Entry again(Entry e, long mtime, int mode) {
        versions++;
        return new Entry(e.kind(), e.fileId(), e.content(), e.size(), mtime, mode,
                e.version().with(OTHER, versions), OTHER, OLD + versions, Optional.empty());
    }

    Entry directory() {
        return version(TestAccount.directory(0755), OLD);
    }

    Entry link(String target) {
        return version(TestAccount.link(target), OLD);
    }

    /// @return a tombstone that follows the version there
    Entry gone(String name) throws Exception {
        Entry old = known(name).base().orElseThrow();
        versions++;
        return new Entry(EntryKind.TOMBSTONE, old.fileId(), new Content.None(), 0, 0, 0,
                old.version().with(OTHER, versions), OTHER, OLD + versions, Optional.empty());
    }

    // ---- base and state

    /// Puts a file on the disk as it was synced long ago.
    Entry has(String name, byte[] bytes) throws Exception {
        Entry entry = file(bytes);
        has(name, entry, bytes);
        return entry;
    }

    Entry has(String name, String text) throws Exception {
        return has(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void has(String name, Entry entry, byte[] bytes) throws Exception {
        Files.write(path(name), bytes);
        Files.setPosixFilePermissions(path(name),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
        adopt(name, entry);
    }

    void hasDirectory(String name) throws Exception {
        Files.createDirectory(path(name));
        adopt(name, directory());
    }

    void hasLink(String name, String target) throws Exception {
        Files.createSymbolicLink(path(name), Path.of(target));
        adopt(name, link(target));
    }

    /// Whatever is there counts as that version; its time is set.
    void adopt(String name, Entry entry) throws Exception {
        if (entry.kind() != EntryKind.SYMLINK) {
            Files.setLastModifiedTime(path(name), FileTime.fromMillis(entry.mtimeMillis()));
        }
        RelativePath path = new RelativePath(name);
        Evidence evidence = Scanner.evidence(disk.stat(path(name)), false);
        index.transact(() -> index.entries().put(row(path.parent().orElseThrow()),
                TreeEntry.of(path.name(), entry), evidence));
    }

    private long row(RelativePath directory) throws IndexException {
        if (directory.isRoot()) {
            return index.entries().root(FOLDER);
        }
        return index.entries().ensure(row(directory.parent().orElseThrow()), directory.name());
    }

    /// What the merged state says from now on.
    void wants(String name, Entry entry) throws Exception {
        RelativePath path = new RelativePath(name);
        index.transact(() -> index.entries().putState(row(path.parent().orElseThrow()), path.name(), entry));
    }

    Known known(String name) throws IndexException {
        return index.entries().known(index.entries().locate(FOLDER, new RelativePath(name)).orElseThrow());
    }

    // ---- doing

    Plan plan() throws IndexException {
        List<Difference> differences = new ArrayList<>();
        index.entries().forEachDifference(FOLDER,
                (path, known) -> differences.add(new Difference(path, known.base(), known.state())));
        return new Planner().plan(differences, new Around(index), Caution.NONE);
    }

    private record Around(SyncIndex index) implements Surroundings {
        private Optional<Known> known(RelativePath path) {
            try {
                Optional<Long> row = index.entries().locate(FOLDER, path);
                return row.isEmpty() ? Optional.empty() : Optional.of(index.entries().known(row.get()));
            } catch (IndexException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Optional<Entry> base(RelativePath path) {
            return known(path).flatMap(Known::base);
        }

        @Override
        public Optional<Entry> state(RelativePath path) {
            return known(path).flatMap(Known::state);
        }

        @Override
        public boolean showsBelow(RelativePath directory) {
            try {
                Optional<Long> row = index.entries().locate(FOLDER, directory);
                return row.isPresent() && index.entries().hasLiveBelow(row.get());
            } catch (IndexException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    ApplyTools tools() {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC);
        return new ApplyTools(disk, seen, new ObjectReader(seen, account.mesh, account.tasks, 4 << 20), account.tasks,
                clock, account.entropy);
    }

    ApplyTarget target() {
        return new ApplyTarget(root, MARKER, account.folderSealer(), outsideLinks);
    }

    ApplyOutcome apply(Plan plan) throws IndexException {
        return new PlanRun(tools(), target(), backoff).run(plan, new Cancellation());
    }

    ApplyOutcome apply() throws IndexException {
        return apply(plan());
    }

    Recovery.Found recover() throws Exception {
        return new Recovery(tools(), target()).run();
    }

    Trash trash() {
        return new Trash(tools(), target());
    }

    // ---- looking

    /// @return path -> text of every file and link of the user's, and of directories
    Map<String, String> tree() throws IOException {
        Map<String, String> out = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.skip(1).filter(p -> !p.startsWith(path(FolderMarker.OWN_PREFIX))).toList()) {
                out.put(root.relativize(path).toString(), content(path));
            }
        }
        return out;
    }

    /// @return contents of every file anywhere below the root, the own area included
    List<String> contents() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            List<String> out = new ArrayList<>();
            for (Path path : walk.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
                out.add(content(path));
            }
            return out;
        }
    }

    static String content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path)) {
            return "/";
        }
        byte[] bytes = Files.readAllBytes(path);
        return bytes.length > 100
                ? bytes.length + " bytes " + java.util.Arrays.hashCode(bytes)
                : new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    List<String> own(String part) throws IOException {
        return TestAccount.namesIn(path(FolderMarker.OWN_PREFIX).resolve(part)).stream().toList();
    }

    /// @return what base says that the disk does not show, or does not say that it shows; evidence included
    List<String> disagreements() throws Exception {
        List<String> out = new ArrayList<>();
        Map<String, String> onDisk = tree();
        compare(index.entries().root(FOLDER), "", onDisk, out);
        onDisk.keySet().forEach(name -> out.add("unknown " + name));
        return out;
    }

    private void compare(long row, String above, Map<String, String> onDisk, List<String> out) throws Exception {
        for (var child : index.entries().children(row).values()) {
            Known known = index.entries().known(child.id());
            String name = above + known.name();
            if (known.base().filter(Entry::isLive).isPresent()) {
                if (onDisk.remove(name) == null) {
                    out.add("missing " + name);
                } else {
                    compare(name, known, out);
                }
            }
            compare(child.id(), name + "/", onDisk, out);
        }
    }

    private void compare(String name, Known known, List<String> out) throws IOException {
        FileStat stat = disk.stat(path(name));
        boolean fits = known.base().orElseThrow().kind() == EntryKind.DIRECTORY
                ? stat.fileKey() == known.evidence().fileKey()
                : known.evidence().isOf(Scanner.evidence(stat, false));
        if (!fits) {
            out.add("evidence of " + name + ": " + known.evidence() + " is not " + stat);
        }
    }

    @Override
    public void close() {
        index.close();
    }
}
