package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.history.Reversal.Left;
import org.stratobox.sync.history.Reversal.Why;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.RelativePath;

/// Decides what putting paths back to an older state means. What was there then comes back; what is there now and was not
/// then stays, because nobody asked to lose it. A function of the old state and the present; it writes nothing.
public final class PutBack {
    private final Present present;
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();

    private PutBack(Present present) {
        this.present = present;
    }

    /// @param then live entries as they were, in order of paths
    /// @param present the folder now
    /// @return what comes back and what stays
    /// @throws IndexException if the present cannot be read
    public static Reversal of(Map<RelativePath, Entry> then, Present present) throws IndexException {
        PutBack work = new PutBack(present);
        for (Map.Entry<RelativePath, Entry> e : then.entrySet()) {
            work.decide(e.getKey(), e.getValue());
        }
        return new Reversal(work.wanted, work.left);
    }

    private void decide(RelativePath path, Entry like) throws IndexException {
        Optional<Entry> now = present.at(path);
        Optional<Entry> live = now.filter(Entry::isLive);
        if (live.filter(e -> e.sameValue(like) && (like.kind() != EntryKind.FILE
                || e.mtimeMillis() == like.mtimeMillis())).isPresent()) {
            return;
        }
        Optional<Why> obstacle = obstacle(path, like, live);
        if (obstacle.isPresent()) {
            left.add(new Left(path, obstacle.get()));
        } else {
            wanted.add(new Wanted(path, now, Optional.of(like), fileId(now, like)));
        }
    }

    private Optional<Why> obstacle(RelativePath path, Entry like, Optional<Entry> live) throws IndexException {
        if (!present.isSettled(path)) {
            return Optional.of(Why.NOT_SETTLED);
        }
        boolean isFile = live.filter(e -> e.kind() != EntryKind.DIRECTORY).isPresent();
        if (like.kind() == EntryKind.DIRECTORY ? isFile : !isFile && !present.liveBelow(path).isEmpty()) {
            return Optional.of(like.kind() == EntryKind.DIRECTORY ? Why.NO_DIRECTORY : Why.IS_DIRECTORY);
        }
        if (like.kind() != EntryKind.DIRECTORY && live.isPresent() && !isFile) {
            return Optional.of(Why.IS_DIRECTORY);
        }
        return isBelowFile(path) ? Optional.of(Why.NO_DIRECTORY) : Optional.empty();
    }

    private boolean isBelowFile(RelativePath path) throws IndexException {
        for (Optional<RelativePath> up = path.parent(); up.filter(p -> !p.isRoot()).isPresent(); up = up.get()
                .parent()) {
            if (present.at(up.get()).filter(e -> e.isLive() && e.kind() != EntryKind.DIRECTORY).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// What is shown keeps its identity. What was deleted gets its old one back, unless it lives on under another name.
    private static Optional<FileId> fileId(Optional<Entry> now, Entry like) {
        return now.filter(e -> e.isLive() || (e.moved().isEmpty() && e.fileId().equals(like.fileId())))
                .map(Entry::fileId);
    }
}
