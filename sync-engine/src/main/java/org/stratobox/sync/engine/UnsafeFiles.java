package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.FileState.State;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.engine.EntryStates.Place;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.engine.Intentions.OfFolder;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Difference;

/// Everything that is not safe, and why. One walk over the disk; the entries of the index are looked at one by one only if
/// something is unpublished or unproven.
final class UnsafeFiles {
    /// Lists of pieces that are read from nodes at most; files beyond that count as not proven.
    private static final int LISTS = 1000;

    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Intentions intentions;
    private final EntryStates entries;
    private final int limit;
    private final List<FileState> found = new ArrayList<>();

    /// @param limit most entries to tell
    UnsafeFiles(SelectionTools tools, Intentions intentions, int limit) throws IndexException {
        parts = tools.parts();
        keys = tools.keys();
        index = tools.index();
        this.intentions = intentions;
        this.limit = limit;
        entries = new EntryStates(keys, index, tools.objects(), LISTS);
    }

    List<FileState> in(List<FolderSetting> settings) throws IndexException, InterruptedException {
        for (FolderSetting setting : settings) {
            folder(setting);
        }
        return List.copyOf(found);
    }

    private boolean isFull() {
        return found.size() >= limit;
    }

    private void add(FileState state) {
        if (!isFull()) {
            found.add(state);
        }
    }

    private void folder(FolderSetting setting) throws IndexException, InterruptedException {
        OfFolder intended = intentions.of(setting);
        if (intended.scan().isEmpty()) {
            intended.left().forEach(p -> add(new FileState(setting.name(), "", State.NOT_CAPTURED, Optional.empty(),
                    Optional.of(p.reason()))));
            return;
        }
        DryScan scan = intended.scan().get();
        Set<RelativePath> held = FileStates.heldPaths(intended.held());
        changed(setting, scan, held);
        FolderId folder = keys.folderId(setting.name());
        differences(setting, folder, held);
        for (RelativePath copy : scan.copies()) {
            if (!scan.dirty().contains(copy)) {
                copy(setting, folder, copy);
            }
        }
        if (!isFull() && (!entries.isAllProven() || index.entries().subtree(index.entries().root(folder)).isEmpty())) {
            below(setting, index.entries().root(folder), RelativePath.ROOT);
        }
    }

    private void changed(FolderSetting setting, DryScan scan, Set<RelativePath> held) throws IndexException {
        scan.changed().forEach(f -> add(new FileState(setting.name(), f.shown(), State.NOT_CAPTURED,
                Optional.empty(), Optional.of(f.known().isPresent()
                        ? "It was changed on this computer. The next pass takes it."
                        : "It is new. The next pass takes it."))));
        for (Difference missing : scan.missing()) {
            Place place = new Place(setting.name(), missing.path());
            add(held.contains(missing.path())
                    ? FileStates.held(place)
                    : place.is(State.NOT_CAPTURED, Optional.empty(),
                            "It is not on this disk any more. The next pass takes that as a deletion."));
        }
        for (Problem problem : scan.problems()) {
            add(new FileState(setting.name(), problem.path(), State.UNSYNCABLE, Optional.empty(),
                    Optional.of(problem.reason())));
        }
    }

    private void differences(FolderSetting setting, FolderId folder, Set<RelativePath> held) throws IndexException {
        NotHere chosen = NotHere.of(index, folder, parts.files(), setting.path());
        index.entries().forEachDifference(folder, (path, known) -> {
            if (!chosen.test(path, known)) {
                Place place = new Place(setting.name(), path);
                add(held.contains(path) ? FileStates.held(place) : FileStates.waiting(place, known));
            }
        });
    }

    private void copy(FolderSetting setting, FolderId folder, RelativePath path)
            throws IndexException, InterruptedException {
        Optional<Long> row = index.entries().locate(folder, path);
        if (row.isPresent()) {
            Optional<Entry> state = index.entries().known(row.get()).state().filter(Entry::isLive);
            if (state.isPresent()) {
                add(entries.of(new Place(setting.name(), path), state.get()));
            }
        }
    }

    /// Entries whose two sides agree, or that are not here because the user chose so.
    private void below(FolderSetting setting, long directory, RelativePath path)
            throws IndexException, InterruptedException {
        EntryIndex rows = index.entries();
        for (Row row : rows.children(directory).values()) {
            if (isFull()) {
                return;
            }
            Known known = rows.known(row.id());
            RelativePath at = path.child(known.name());
            Optional<Entry> state = known.state().filter(Entry::isLive);
            if (state.isPresent() && known.isSettled()) {
                FileState one = entries.of(new Place(setting.name(), at), state.get());
                if (one.state() == State.PENDING || one.state() == State.UPLOADED) {
                    add(one);
                }
            }
            if (state.filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent()) {
                below(setting, row.id(), at);
            }
        }
    }
}
