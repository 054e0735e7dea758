package org.stratobox.sync.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.NameTag;
import org.stratobox.sync.localfs.DirectoryTooLarge;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.localfs.LocalFiles.Child;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.NameFault;
import org.stratobox.sync.model.RelativePath;

/// Walks a folder once. Memory holds one directory's names and the directories still to visit.
public final class Scanner {
    private final LocalFiles files;
    private final EntryIndex index;
    private final ScanSink sink;
    private final IgnoreRules rules;
    private final IgnoreFiles ignoreFiles;
    private final Deque<Visit> toVisit = new ArrayDeque<>();
    private long device;

    /// @param files the disk
    /// @param index what is known
    /// @param sink takes what is found
    /// @param rules which paths are passed over; files with more of them are read on the way. What is ignored is neither
    /// found nor gone: a row it may have stays as it is
    public Scanner(LocalFiles files, EntryIndex index, ScanSink sink, IgnoreRules rules) {
        this.files = files;
        this.index = index;
        this.sink = sink;
        this.rules = rules;
        ignoreFiles = new IgnoreFiles(files);
    }

    /// A directory still to be visited, with the rules of the one above; `isNew` spares the look-up of its children, `deep`
    /// takes known directories along.
    private record Visit(long row, Path path, RelativePath at, IgnoreRules rules, boolean isNew, boolean deep) {
        String shown() {
            return at.text();
        }

        Visit with(IgnoreRules inside) {
            return new Visit(row, path, at, inside, isNew, deep);
        }

        Visit below(long child, Found found, boolean childIsNew) {
            return new Visit(child, found.path(), at.child(found.name()), rules, childIsNew, true);
        }
    }

    /// @param root directory of the folder; its marker was checked by the caller, who checks it again afterwards
    /// @param rootRow row of the root
    /// @throws IOException if the root itself cannot be listed
    /// @throws IndexException if the index fails
    /// @throws InterruptedException if the thread is interrupted
    public void scan(Path root, long rootRow) throws IOException, IndexException, InterruptedException {
        device = files.stat(root).device();
        toVisit.push(new Visit(rootRow, root, RelativePath.ROOT, rules, false, true));
        boolean first = true;
        while (!toVisit.isEmpty()) {
            Visit visit = next();
            try {
                directory(visit);
            } catch (IOException e) {
                if (first) {
                    throw e;
                }
                sink.problem(visit.shown(), reason(e));
            }
            first = false;
        }
    }

    /// Looks at some directories only, and at new ones below them.
    ///
    /// @param root directory of the folder, as for [#scan(Path, long)]
    /// @param folder which folder it is
    /// @param directories where something may have changed; of one that is gone or not known the next above is looked at
    /// @throws IOException if the root itself cannot be looked at
    /// @throws IndexException if the index fails
    /// @throws InterruptedException if the thread is interrupted
    public void scan(Path root, FolderId folder, Collection<RelativePath> directories)
            throws IOException, IndexException, InterruptedException {
        device = files.stat(root).device();
        Set<RelativePath> starts = new TreeSet<>();
        for (RelativePath directory : directories) {
            starts.add(nearest(root, folder, directory));
        }
        for (RelativePath start : starts) {
            start(root, folder, start).ifPresent(toVisit::push);
            while (!toVisit.isEmpty()) {
                Visit visit = next();
                try {
                    directory(visit);
                } catch (IOException e) {
                    sink.problem(visit.shown(), reason(e));
                }
            }
        }
    }

    private Optional<Visit> start(Path root, FolderId folder, RelativePath at) throws IndexException {
        long row = at.isRoot() ? index.root(folder) : index.locate(folder, at).orElseThrow();
        try {
            IgnoreRules inside = ignoreFiles.above(rules, root, at);
            return inside.why(at, EntryKind.DIRECTORY).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Visit(row, at.isRoot() ? root : root.resolve(at.text()), at, inside, false,
                            false));
        } catch (IOException e) {
            sink.problem(at.text(), "The rules for what is not synced could not be read, so it was left as it is.");
            return Optional.empty();
        }
    }

    /// The directory itself if it is one here and in the index, else the next one above that is.
    private RelativePath nearest(Path root, FolderId folder, RelativePath directory)
            throws IOException, IndexException {
        RelativePath at = directory;
        while (!at.isRoot()) {
            Optional<Long> row = index.locate(folder, at);
            if (row.isPresent() && isDirectory(root.resolve(at.text()))
                    && index.known(row.get()).base().filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent()) {
                return at;
            }
            at = at.parent().orElse(RelativePath.ROOT);
        }
        return at;
    }

    private boolean isDirectory(Path path) throws IOException {
        try {
            FileStat stat = files.stat(path);
            return stat.kind() == FileStat.Kind.DIRECTORY && stat.device() == device;
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileSystemException e) {
            // a directory on the way became a file: what is above tells
            return false;
        }
    }

    private Visit next() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the scan was interrupted");
        }
        return toVisit.pop();
    }

    private void directory(Visit above) throws IOException, IndexException, InterruptedException {
        List<Child> children = files.list(above.path());
        Optional<Visit> entered = enter(above, children);
        if (entered.isEmpty()) {
            return;
        }
        Visit visit = entered.get();
        Map<NameTag, Row> rows = visit.isNew() ? Map.of() : index.children(visit.row());
        Set<NameTag> present = new HashSet<>();
        List<Found> small = new ArrayList<>();
        for (Map.Entry<String, Child> child : named(children, visit, present).entrySet()) {
            String name = child.getKey();
            NameTag tag = index.tag(name);
            present.add(tag);
            look(visit, name, child.getValue().path(), Optional.ofNullable(rows.get(tag)), small);
        }
        enter(small, visit);
        for (Map.Entry<NameTag, Row> row : rows.entrySet()) {
            if (!present.contains(row.getKey()) && row.getValue().kind() != EntryKind.TOMBSTONE
                    && !isIgnored(visit, row.getValue())) {
                sink.gone(visit.row(), row.getValue(), visit.path());
            }
        }
    }

    /// A directory whose rules cannot be read is not looked at: what is in it is neither changed nor gone.
    private Optional<Visit> enter(Visit above, List<Child> children) {
        if (children.stream().noneMatch(c -> c.name().equals(IgnoreRules.FILE_NAME))) {
            return Optional.of(above);
        }
        String file = show(above, IgnoreRules.FILE_NAME);
        try {
            IgnoreRules inside = ignoreFiles.enter(above.rules(), above.at(), above.path());
            if (inside != above.rules()) {
                inside.faultyLines().forEach(line -> sink.problem(file,
                        "Line " + line + " is not a rule that can be read; it is passed over."));
            }
            return Optional.of(above.with(inside));
        } catch (IOException e) {
            sink.problem(file, "The rules in it could not be read, so this directory was left as it is.");
            return Optional.empty();
        }
    }

    /// Deleting what is ignored is no event.
    private boolean isIgnored(Visit visit, Row gone) throws IndexException {
        return visit.rules().ignores(visit.at().child(index.known(gone.id()).name()), gone.kind());
    }

    /// Names as the account knows them. What cannot be named is told, and protects whatever row it may belong to.
    private Map<String, Child> named(List<Child> children, Visit visit, Set<NameTag> present) {
        Map<String, Child> byName = HashMap.newHashMap(children.size());
        List<Child> denormalised = new ArrayList<>();
        for (Child child : children) {
            if (child.name().startsWith(FolderMarker.OWN_PREFIX)) {
                continue;
            }
            if (!child.decodable()) {
                sink.problem(show(visit, child.name()),
                        "The name is not valid UTF-8, so it cannot be synced. Rename it.");
            } else if (Normalizer.isNormalized(child.name(), Normalizer.Form.NFC)) {
                byName.put(child.name(), child);
            } else {
                denormalised.add(child);
            }
        }
        for (Child child : denormalised) {
            String name = Normalizer.normalize(child.name(), Normalizer.Form.NFC);
            if (byName.putIfAbsent(name, child) != null) {
                sink.problem(show(visit, child.name()),
                        "Another entry has the same name in another Unicode form. Rename one.");
            }
        }
        byName.keySet().removeIf(name -> isUnusable(visit, name, present));
        return byName;
    }

    private boolean isUnusable(Visit visit, String name, Set<NameTag> present) {
        Optional<NameFault> fault = visit.at().depth() >= RelativePath.MAX_DEPTH
                ? Optional.of(NameFault.TOO_DEEP)
                : RelativePath.faultOfName(name);
        if (fault.isPresent()) {
            present.add(index.tag(name));
            sink.problem(show(visit, name), "The name cannot be synced (" + fault.get() + ").");
        }
        return fault.isPresent();
    }

    private static String show(Visit visit, String name) {
        return visit.shown().isEmpty() ? name : visit.shown() + "/" + name;
    }

    private static EntryKind kind(FileStat stat) {
        return stat.kind() == FileStat.Kind.DIRECTORY ? EntryKind.DIRECTORY : EntryKind.FILE;
    }

    private void look(Visit visit, String name, Path path, Optional<Row> known, List<Found> small)
            throws InterruptedException {
        FileStat stat;
        try {
            stat = files.stat(path);
        } catch (NoSuchFileException e) {
            // gone since the listing: the next pass sees a complete listing without it
            return;
        } catch (IOException e) {
            sink.problem(show(visit, name), reason(e));
            return;
        }
        if (visit.rules().ignores(visit.at().child(name), kind(stat))) {
            return;
        }
        sink.seen(stat.kind() == FileStat.Kind.FILE ? stat.size() : 0);
        if (stat.kind() != FileStat.Kind.OTHER) {
            sink.named(visit.shown(), name);
        }
        Found found = new Found(visit.row(), name, path, show(visit, name), stat, known);
        switch (stat.kind()) {
            case FILE -> file(found);
            case SYMLINK -> {
                if (!isUnchanged(found, EntryKind.SYMLINK)) {
                    small.add(found);
                }
            }
            case DIRECTORY -> directory(visit, found, small);
            case OTHER -> {
                // fifos, sockets and devices have no content to keep
            }
        }
    }

    private void file(Found found) throws InterruptedException {
        if (!isUnchanged(found, EntryKind.FILE)) {
            sink.file(found);
        }
    }

    private void directory(Visit visit, Found found, List<Found> small) {
        if (found.stat().device() != device) {
            sink.problem(found.shown(), "Another disk is mounted here. It is not synced.");
        } else if (isUnchanged(found, EntryKind.DIRECTORY)) {
            if (visit.deep()) {
                toVisit.push(visit.below(found.known().orElseThrow().id(), found, false));
            }
        } else {
            small.add(found);
        }
    }

    private void enter(List<Found> small, Visit visit) throws IndexException {
        if (small.isEmpty()) {
            return;
        }
        List<Long> rows = sink.small(small);
        for (int i = 0; i < small.size(); i++) {
            Found found = small.get(i);
            if (found.stat().kind() == FileStat.Kind.DIRECTORY) {
                toVisit.push(visit.below(rows.get(i), found, found.known().isEmpty()));
            }
        }
    }

    private static boolean isUnchanged(Found found, EntryKind kind) {
        return found.known().filter(row -> row.kind() == kind && row.evidence().proves(evidence(found.stat(), false)))
                .isPresent();
    }

    /// @param stat what `lstat` said
    /// @param racy whether a later change could look the same
    /// @return it as evidence
    public static Evidence evidence(FileStat stat, boolean racy) {
        // a directory's size and change time say nothing about the directory itself
        return stat.kind() == FileStat.Kind.DIRECTORY
                ? new Evidence(0, stat.mtimeNanos(), 0, stat.fileKey(), stat.mode(), racy)
                : new Evidence(stat.size(), stat.mtimeNanos(), stat.ctimeNanos(), stat.fileKey(), stat.mode(), racy);
    }

    /// @param e why something on disk could not be read
    /// @return a sentence for the user
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "It may not be read by this user. Its last synced version is kept.";
            case DirectoryTooLarge _ ->
                "It has more entries than the program's memory can hold, so it was left as it is."
                        + " Run again with more memory, for example STRATOBOX_HEAP=3g.";
            case NoSuchFileException _ -> "It vanished while it was being read.";
            default -> "It could not be read: " + e.getClass().getSimpleName() + ".";
        };
    }
}
