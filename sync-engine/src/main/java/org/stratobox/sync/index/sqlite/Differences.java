package org.stratobox.sync.index.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.RelativePath;

/// Finds the rows whose two sides differ. Holds their paths, not their entries.
final class Differences {
    private static final long NO_PARENT = 0;

    private final Connected db;
    private final EntryIndex entries;
    /// Path of a row, empty if it is in another folder.
    private final Map<Long, Optional<RelativePath>> paths = new HashMap<>();

    private record Place(RelativePath path, long row) {}

    Differences(Connected db, EntryIndex entries) {
        this.db = db;
        this.entries = entries;
    }

    void forEach(long root, EntryIndex.DifferenceVisitor visitor) throws IndexException {
        List<Long> rows = new ArrayList<>();
        db.run(() -> db.query("SELECT id FROM entry WHERE base IS NOT NULL", r -> rows.add(r.getLong(1))));
        paths.put(root, Optional.of(RelativePath.ROOT));
        List<Place> here = new ArrayList<>();
        for (long row : rows) {
            path(row).ifPresent(path -> here.add(new Place(path, row)));
        }
        here.sort(Comparator.comparing(Place::path));
        for (Place place : here) {
            visitor.visit(place.path, entries.known(place.row));
        }
    }

    private Optional<RelativePath> path(long row) throws IndexException {
        Optional<RelativePath> known = paths.get(row);
        if (known != null) {
            return known;
        }
        List<Long> parent = new ArrayList<>(1);
        db.run(() -> db.query("SELECT parent FROM entry WHERE id=?", r -> parent.add(r.getLong(1)), row));
        Optional<RelativePath> above = parent.isEmpty() || parent.getFirst() == NO_PARENT
                ? Optional.empty()
                : path(parent.getFirst());
        Optional<RelativePath> path = above.isPresent()
                ? Optional.of(above.get().child(entries.known(row).name()))
                : Optional.empty();
        paths.put(row, path);
        return path;
    }
}
