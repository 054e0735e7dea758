package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.stratobox.sync.history.Reversal.Left;
import org.stratobox.sync.history.Reversal.Why;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PassTable.PathChange;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.RelativePath;

/// Decides what undoing a pass means: each path the pass changed goes back to what it was before, but only where what is
/// shown is still the pass's version; everything newer stays and is listed (`sync-disk.md` 5.2). A function of the changes
/// and the present; it writes nothing.
///
/// What was moved goes back whole or not at all: a file whose new place was edited since does not lose that place, nor does
/// it appear at the old one a second time.
public final class Undo {
    private final Present present;
    private final Map<RelativePath, PathChange> changes = new TreeMap<>();
    private final Map<RelativePath, Optional<Entry>> now = new HashMap<>();
    /// Paths that hold what they held before the pass: nothing is to be done, and nothing is wrong.
    private final Set<RelativePath> same = new HashSet<>();
    private final Map<RelativePath, Why> left = new TreeMap<>();

    private Undo(Collection<PathChange> changes, Present present) {
        this.present = present;
        changes.stream().filter(PathChange::isVisible).forEach(c -> this.changes.put(c.path(), c));
    }

    /// @param changes of one pass
    /// @param present the folder now
    /// @return what goes back and what stays
    /// @throws IndexException if the present cannot be read
    public static Reversal of(Collection<PathChange> changes, Present present) throws IndexException {
        return new Undo(changes, present).decide();
    }

    private Reversal decide() throws IndexException {
        for (PathChange change : changes.values()) {
            judge(change);
        }
        int before;
        do {
            before = left.size();
            moves();
            directories();
            places();
        } while (left.size() > before);
        List<Wanted> wanted = new ArrayList<>();
        for (PathChange change : changes.values()) {
            if (isGoingBack(change)) {
                wanted.add(wanted(change));
            }
        }
        return new Reversal(wanted, left.entrySet().stream().map(e -> new Left(e.getKey(), e.getValue())).toList());
    }

    private boolean isGoingBack(PathChange change) {
        return !left.containsKey(change.path()) && !same.contains(change.path());
    }

    private void judge(PathChange change) throws IndexException {
        Optional<Entry> shown = present.at(change.path());
        now.put(change.path(), shown);
        if (isSameValue(shown, change.before())) {
            same.add(change.path());
        } else if (!isVersion(shown, change.after())) {
            left.put(change.path(), Why.CHANGED_SINCE);
        } else if (!present.isSettled(change.path())) {
            left.put(change.path(), Why.NOT_SETTLED);
        }
    }

    private static boolean isSameValue(Optional<Entry> a, Optional<Entry> b) {
        Optional<Entry> x = a.filter(Entry::isLive);
        Optional<Entry> y = b.filter(Entry::isLive);
        if (x.isEmpty() || y.isEmpty()) {
            return x.isEmpty() && y.isEmpty();
        }
        boolean sameTime = x.get().kind() != EntryKind.FILE || x.get().mtimeMillis() == y.get().mtimeMillis();
        return sameTime && x.get().sameValue(y.get());
    }

    /// A join with an equal version keeps author and time of one of the two and raises the vector: still the same version.
    private static boolean isVersion(Optional<Entry> shown, Optional<Entry> of) {
        if (shown.isEmpty() || of.isEmpty()) {
            return shown.isEmpty() && of.isEmpty();
        }
        Entry a = shown.get();
        Entry b = of.get();
        return a.sameValue(b) && a.author().equals(b.author()) && a.wallMillis() == b.wallMillis()
                && a.version().covers(b.version());
    }

    // ---- what was moved goes back whole

    private void moves() {
        Map<FileId, List<PathChange>> items = new HashMap<>();
        for (PathChange change : changes.values()) {
            Set<FileId> ids = new HashSet<>();
            change.before().filter(Undo::isItem).ifPresent(e -> ids.add(e.fileId()));
            change.after().filter(Undo::isItem).ifPresent(e -> ids.add(e.fileId()));
            ids.forEach(id -> items.computeIfAbsent(id, _ -> new ArrayList<>()).add(change));
        }
        boolean again = true;
        while (again) {
            again = false;
            for (List<PathChange> item : items.values()) {
                again |= item.size() > 1 && leaveTogether(item);
            }
        }
    }

    private static boolean isItem(Entry entry) {
        return entry.isLive() && entry.kind() != EntryKind.DIRECTORY;
    }

    private boolean leaveTogether(List<PathChange> item) {
        if (item.stream().noneMatch(c -> left.containsKey(c.path()))) {
            return false;
        }
        boolean more = false;
        for (PathChange change : item) {
            if (isGoingBack(change)) {
                left.put(change.path(), Why.MOVED_AND_CHANGED);
                more = true;
            }
        }
        return more;
    }

    // ---- a directory goes only when nothing newer is in it

    private void directories() throws IndexException {
        for (PathChange change : changes.values()) {
            boolean mayHold = now(change).filter(e -> e.isLive() && e.kind() != EntryKind.DIRECTORY).isEmpty();
            boolean staysDirectory = change.before().filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent();
            if (mayHold && !staysDirectory && isGoingBack(change) && !isEmptied(change.path())) {
                left.put(change.path(), Why.HOLDS_NEWER);
            }
        }
    }

    private Optional<Entry> now(PathChange change) {
        return now.getOrDefault(change.path(), Optional.empty());
    }

    private boolean isEmptied(RelativePath directory) throws IndexException {
        for (RelativePath inside : present.liveBelow(directory)) {
            PathChange change = changes.get(inside);
            if (change == null || change.wasLive() || !isGoingBack(change)) {
                return false;
            }
        }
        return true;
    }

    // ---- what comes back needs room

    private void places() throws IndexException {
        for (PathChange change : changes.values()) {
            if (isGoingBack(change) && change.wasLive() && isBelowFile(change.path())) {
                left.put(change.path(), Why.NO_DIRECTORY);
            }
        }
    }

    /// A directory above that is deleted is no obstacle: it is shown again because of what is in it (`sync.md` 1).
    private boolean isBelowFile(RelativePath path) throws IndexException {
        for (Optional<RelativePath> up = path.parent(); up.filter(p -> !p.isRoot()).isPresent(); up = up.get()
                .parent()) {
            PathChange own = changes.get(up.get());
            Optional<Entry> will = own != null && isGoingBack(own) ? own.before() : present.at(up.get());
            if (will.filter(Entry::isLive).filter(e -> e.kind() != EntryKind.DIRECTORY).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Wanted wanted(PathChange change) {
        Optional<Entry> like = change.before().filter(Entry::isLive);
        return new Wanted(change.path(), now(change), like, like.or(() -> now(change)).map(Entry::fileId));
    }
}
