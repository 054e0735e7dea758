package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// A path while a plan is being made. `base` is what will be there after the directory moves decided so far.
final class Node {
    private static final DeviceId NOBODY = new DeviceId(new Id16(0, 0));

    final RelativePath path;
    final Optional<Entry> state;
    final List<Node> children = new ArrayList<>(0);
    Optional<Entry> base;
    /// What is to be on disk.
    Optional<Entry> shown = Optional.empty();
    boolean showsBelow;
    @Nullable
    Node parent;

    /// The directory move that brings what is here, and the one that takes it away, and where to.
    @Nullable
    Action carrier;
    @Nullable
    Action took;
    @Nullable
    Node wentTo;

    /// The file found here goes there; the file wanted here comes from there.
    @Nullable
    Node movesTo;
    @Nullable
    Node movesFrom;
    @Nullable
    Node copyOf;

    @Nullable
    Action leave;
    @Nullable
    Action arrive;

    Node(RelativePath path, Optional<Entry> base, Optional<Entry> state) {
        this.path = path;
        this.base = base;
        this.state = state;
    }

    boolean isHere() {
        return base.isPresent() && base.get().isLive();
    }

    boolean isHere(EntryKind kind) {
        return base.isPresent() && base.get().kind() == kind;
    }

    boolean isShown(EntryKind kind) {
        return shown.isPresent() && shown.get().kind() == kind;
    }

    /// @return whether a file or link is here
    boolean isLeafHere() {
        return isHere() && !isHere(EntryKind.DIRECTORY);
    }

    boolean isLeafShown() {
        return shown.isPresent() && !isShown(EntryKind.DIRECTORY);
    }

    /// @return whether the directory to be shown is one that the state does not hold
    boolean isDerived() {
        return isShown(EntryKind.DIRECTORY) && state.filter(Entry::isLive).isEmpty();
    }

    /// @return whether what is here has another content than what is to be here, or another kind
    boolean isContentLeaving() {
        return isHere() && (shown.isEmpty() || !shown.get().sameContent(base.get()));
    }

    /// @return base after the last step
    Optional<Entry> last() {
        return shown.isPresent() ? shown : state;
    }

    /// @return base after what is here has gone
    Optional<Entry> vacated() {
        if (!isHere()) {
            return base;
        }
        return shown.isPresent() ? base.map(Step::goneUnderOldVector) : state;
    }

    VersionVector version() {
        return base.map(Entry::version).orElse(VersionVector.empty());
    }

    /// A version on this disk that the state has not heard of must never be taken away (`sync.md` 2, ingest before apply),
    /// and a deletion it has not heard of must not be taken back.
    boolean isJoined() {
        if (base.isEmpty() || (state.isEmpty() && !isHere())) {
            return true;
        }
        return state.map(Entry::version).orElse(VersionVector.empty()).covers(base.get().version());
    }

    /// @return base here once the thing has been moved here from elsewhere
    Entry afterMove(Entry moved) {
        return shown.filter(wanted -> fits(moved, wanted)).orElseGet(() -> moved.withVersion(version()));
    }

    /// @return whether nothing is left to be done on disk to make one of the other
    static boolean fits(Entry there, Entry wanted) {
        return there.sameContent(wanted) && (there.kind() != EntryKind.FILE
                || (there.isExecutable() == wanted.isExecutable() && there.mtimeMillis() == wanted.mtimeMillis()));
    }

    /// The directory that is shown here although the state does not hold it, under the state's vector.
    Entry derived() {
        VersionVector version = state.map(Entry::version).orElse(VersionVector.empty());
        if (isHere(EntryKind.DIRECTORY)) {
            return base.get().withVersion(version);
        }
        long wall = state.map(Entry::wallMillis).orElse(0L);
        return new Entry(EntryKind.DIRECTORY, Structure.directoryId(path), new Content.None(), 0, wall,
                Structure.DIRECTORY_MODE, version, state.map(Entry::author).orElse(NOBODY), wall, Optional.empty());
    }
}
