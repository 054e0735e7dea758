package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.Difference;
import org.stratobox.sync.scan.Found;
import org.stratobox.sync.scan.ScanSink;
import org.stratobox.sync.scan.Scanner;

/// What a scan of a folder would take in, changing nothing. Holds what differs.
final class DryScan implements ScanSink {
    private final EntryIndex entries;
    private final List<Found> changed = new ArrayList<>();
    private final List<Row> gone = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<RelativePath> copies = new ArrayList<>();

    private DryScan(EntryIndex entries) {
        this.entries = entries;
    }

    /// @param root of a folder whose marker was checked
    static DryScan of(EngineParts parts, EntryIndex entries, Path root, long rootRow)
            throws IndexException, InterruptedException, IOException {
        DryScan scan = new DryScan(entries);
        new Scanner(parts.files(), entries, scan, IgnoreRules.standard()).scan(root, rootRow);
        return scan;
    }

    /// New and changed entries, as far as `lstat` can tell.
    List<Found> changed() {
        return changed;
    }

    List<Problem> problems() {
        return problems;
    }

    /// Conflict copies nobody has resolved yet.
    List<RelativePath> copies() {
        return copies;
    }

    /// Everything that is missing, what was below it included.
    List<Difference> missing() throws IndexException {
        List<Difference> all = new ArrayList<>();
        for (Row row : gone) {
            addAll(row, all);
        }
        return all;
    }

    private void addAll(Row row, List<Difference> all) throws IndexException {
        Optional<Entry> base = entries.known(row.id()).base().filter(Entry::isLive);
        if (base.isPresent()) {
            all.add(new Difference(entries.path(row.id()), base, Optional.empty()));
        }
        for (Row child : entries.children(row.id()).values()) {
            if (child.kind() != EntryKind.TOMBSTONE) {
                addAll(child, all);
            }
        }
    }

    /// Paths that a plan must leave alone until they are taken in.
    Set<RelativePath> dirty() throws IndexException {
        Set<RelativePath> paths = new HashSet<>();
        for (Found found : changed) {
            path(found).ifPresent(paths::add);
        }
        missing().forEach(d -> paths.add(d.path()));
        return paths;
    }

    static Optional<RelativePath> path(Found found) {
        try {
            return Optional.of(RelativePath.parse(found.shown()));
        } catch (NameException e) {
            return Optional.empty();
        }
    }

    @Override
    public void file(Found file) {
        // what is only looked at again because it was young when it was read does not count as changed
        boolean same = file.known().filter(k -> k.evidence().isOf(Scanner.evidence(file.stat(), false))).isPresent();
        if (!same) {
            changed.add(file);
        }
    }

    @Override
    public List<Long> small(List<Found> found) {
        changed.addAll(found);
        return found.stream().map(f -> f.known().map(Row::id).orElse(-1L)).toList();
    }

    @Override
    public void gone(long directory, Row row, Path parent) {
        gone.add(row);
    }

    @Override
    public void problem(String shown, String reason) {
        problems.add(new Problem(shown, reason));
    }

    @Override
    public void named(String directory, String name) {
        if (ConflictNames.mayBeCopy(name)) {
            RelativePath path = new RelativePath(directory.isEmpty() ? name : directory + "/" + name);
            ConflictNames.original(path).ifPresent(_ -> copies.add(path));
        }
    }

    @Override
    public void seen(long size) {
        // only differences are of interest
    }
}
