package org.stratobox.sync.index;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// What changed the folders of this device: passes, and for each the paths with what was there before and after. Kept for a
/// while only, and lost with the index: it serves to tell and to undo, and nothing else depends on it.
///
/// A change belongs into the transaction that makes it, so that a pass that dies has told exactly what it did.
public interface PassTable {
    /// Most changes that are kept of one pass; of one that has more, only their number is.
    int MAX_CHANGES = 100_000;

    /// @param pass that starts to change something; its id and counts do not count
    /// @return its id, greater than any before
    /// @throws IndexException if the index cannot be used
    long begin(Pass pass) throws IndexException;

    /// Adds a change. A path that the pass has changed before keeps what it was before that.
    ///
    /// @param pass from [#begin]
    /// @param change of a path; nothing is recorded if nothing was there before and after
    /// @throws IndexException if the index cannot be used
    void add(long pass, PathChange change) throws IndexException;

    /// @param pass an id
    /// @return the pass
    /// @throws IndexException if the index cannot be used
    Optional<Pass> find(long pass) throws IndexException;

    /// @param filter which passes
    /// @return them, newest first
    /// @throws IndexException if the index cannot be used
    List<Pass> list(Filter filter) throws IndexException;

    /// @param pass an id
    /// @return what it changed, in order of paths; empty if that is not kept
    /// @throws IndexException if the index cannot be used
    List<PathChange> changes(long pass) throws IndexException;

    /// Forgets old passes; the newest one stays whatever its size.
    ///
    /// @param beforeMillis everything that is older, milliseconds since 1970
    /// @param keepChanges most changes to keep over all passes, the newest ones
    /// @throws IndexException if the index cannot be used
    void prune(long beforeMillis, long keepChanges) throws IndexException;

    /// Why a pass changed something.
    enum Cause {
        /// What the user did on this computer was taken in.
        LOCAL,
        /// What another device did was carried out here.
        DEVICE,
        /// An earlier pass was undone.
        UNDO,
        /// Something was put back to what it was.
        PUT_BACK
    }

    /// A pass that changed something.
    ///
    /// @param id ascending
    /// @param wallMillis when, milliseconds since 1970
    /// @param folder of the account
    /// @param cause why
    /// @param device whose changes they were, for [Cause#DEVICE], if it was one
    /// @param undone the pass that was taken back, for [Cause#UNDO]
    /// @param counts how much
    /// @param complete whether all its changes are kept
    record Pass(long id, long wallMillis, FolderId folder, Cause cause, Optional<DeviceId> device,
            Optional<Long> undone, Counts counts, boolean complete) {
        /// @param wallMillis when, milliseconds since 1970
        /// @param folder of the account
        /// @param cause why
        /// @return a pass that has not changed anything yet
        public static Pass of(long wallMillis, FolderId folder, Cause cause) {
            return new Pass(0, wallMillis, folder, cause, Optional.empty(), Optional.empty(), new Counts(0, 0, 0),
                    true);
        }

        /// @param source whose changes they are
        /// @return this pass with that device
        public Pass from(DeviceId source) {
            return new Pass(id, wallMillis, folder, cause, Optional.of(source), undone, counts, complete);
        }

        /// @param pass that is taken back
        /// @return this pass, which does so
        public Pass undoing(long pass) {
            return new Pass(id, wallMillis, folder, cause, device, Optional.of(pass), counts, complete);
        }
    }

    /// How much a pass changed.
    ///
    /// @param created paths with nothing live before
    /// @param changed paths with something live before and after
    /// @param deleted paths with nothing live after
    record Counts(long created, long changed, long deleted) {}

    /// What happened to a path.
    ///
    /// @param path from the root of the folder
    /// @param before what its state was, a tombstone for deleted; empty if nothing was known of it
    /// @param after what its state became
    record PathChange(RelativePath path, Optional<Entry> before, Optional<Entry> after) {
        /// @return whether something was or is there
        public boolean isVisible() {
            return wasLive() || isLive();
        }

        /// @return whether something was there before
        public boolean wasLive() {
            return before.filter(Entry::isLive).isPresent();
        }

        /// @return whether something is there after it
        public boolean isLive() {
            return after.filter(Entry::isLive).isPresent();
        }
    }

    /// Which passes.
    ///
    /// @param folder of the account; empty for all
    /// @param causes which
    /// @param below only those that changed something at or below this path
    /// @param sinceMillis not older, milliseconds since 1970
    /// @param limit at most so many
    record Filter(Optional<FolderId> folder, Set<Cause> causes, RelativePath below, long sinceMillis, int limit) {}
}
