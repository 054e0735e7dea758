package org.stratobox.sync.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.sync.api.Past.Kind;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.Progress;

/// What happened to the folders of this device, and taking it back. Whatever is taken back is written as new versions: it
/// reaches every device, and is itself a pass that can be undone. Nothing newer than what is taken back is ever touched.
public interface History {
    /// Asks the nodes what is new, then reads.
    ///
    /// @return the states the account was in; good until the account is closed
    /// @throws StratoboxException if the nodes cannot be reached
    Past past() throws StratoboxException;

    /// @param filter which passes
    /// @return them, newest first
    /// @throws StratoboxException if the index cannot be read
    List<Pass> log(LogFilter filter) throws StratoboxException;

    /// @param pass [Pass#id()]
    /// @return what it changed, in order of paths; empty if that is not kept
    /// @throws StratoboxException with `USAGE` if there is no such pass
    List<Change> changes(long pass) throws StratoboxException;

    /// What [#undo] would do, changing nothing.
    ///
    /// @param pass [Pass#id()]
    /// @return its plan
    /// @throws StratoboxException with `USAGE` if there is no such pass or what it changed is not kept
    TakeBack planUndo(long pass) throws StratoboxException;

    /// Takes a pass back: everything it changed and nobody has changed since is put to what it was before.
    ///
    /// @param pass [Pass#id()]
    /// @param progress told what moves
    /// @return what was done; what was changed since is listed and kept
    /// @throws StratoboxException with `USAGE` if there is no such pass or what it changed is not kept; else if nothing
    /// could be done
    TakeBack undo(long pass, Consumer<Progress> progress) throws StratoboxException;

    /// What [#putBack] would do, changing nothing.
    ///
    /// @param what to put back
    /// @return its plan
    /// @throws StratoboxException with `USAGE` if there is no such folder, path or version; else if it cannot be read
    TakeBack planPutBack(PutBack what) throws StratoboxException;

    /// Puts a file or a folder to what it was, in place. For putting it aside there is [Account.Restorable#restore].
    /// What is there now and was not then stays; what is replaced stays a version.
    ///
    /// @param what to put back
    /// @param progress told what moves
    /// @return what was done
    /// @throws StratoboxException with `USAGE` if there is no such folder, path or version; else if nothing could be done
    TakeBack putBack(PutBack what, Consumer<Progress> progress) throws StratoboxException;

    /// @param folder name of a folder; empty for all
    /// @return what lies in the trash of this computer, newest first
    /// @throws StratoboxException if the index cannot be read
    List<Trashed> trash(Optional<String> folder) throws StratoboxException;

    /// Moves things from the trash back to where they were. Never overwrites: where something is now, the name gets an
    /// addition.
    ///
    /// @param items [Trashed#id()]
    /// @return what was put where; the next pass takes it in like any new file
    /// @throws StratoboxException if the index cannot be used
    TakeBack takeFromTrash(List<Long> items) throws StratoboxException;

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

    /// Which passes to tell of.
    ///
    /// @param folder name of a folder; empty for all
    /// @param causes which; empty for all
    /// @param path only passes that changed something at or below it; empty for all
    /// @param sinceMillis not before this time, milliseconds since 1970
    /// @param limit at most so many
    record LogFilter(Optional<String> folder, List<Cause> causes, Optional<String> path, long sinceMillis, int limit) {
        /// @param limit at most so many
        /// @return the newest ones of all folders
        public static LogFilter newest(int limit) {
            return new LogFilter(Optional.empty(), List.of(), Optional.empty(), 0, limit);
        }
    }

    /// One change of a folder as a whole.
    ///
    /// @param id for [#undo]
    /// @param atMillis when, milliseconds since 1970
    /// @param folder its name
    /// @param cause why
    /// @param device label of the device it came from; empty for this one
    /// @param undone the pass that was undone, for [Cause#UNDO]
    /// @param counts how much
    /// @param undoable whether what it changed is kept
    record Pass(long id, long atMillis, String folder, Cause cause, Optional<String> device, Optional<Long> undone,
            Counts counts, boolean undoable) {}

    /// How much a pass changed: files, links and directories.
    ///
    /// @param created new ones
    /// @param changed other content, time or permission
    /// @param deleted gone ones
    record Counts(long created, long changed, long deleted) {}

    /// A path that a pass changed.
    ///
    /// @param path from the folder's root
    /// @param before what it was; empty if nothing
    /// @param after what it became; empty if nothing
    /// @param bytes size it has now, or had if it is gone
    record Change(String path, Optional<Kind> before, Optional<Kind> after, long bytes) {}

    /// What to put back.
    ///
    /// @param folder name of the folder
    /// @param paths below it; empty text for everything
    /// @param from what it was
    record PutBack(String folder, List<String> paths, From from) {}

    /// Where the past is taken from.
    sealed interface From {
        /// The state at a moment.
        ///
        /// @param millis since 1970
        record Moment(long millis) implements From {}

        /// One version of one file.
        ///
        /// @param id [Past.Version#id()], or its beginning as long as it is clear
        record OfVersion(String id) implements From {}

        /// The last version before it was deleted.
        record BeforeDeletion() implements From {}
    }

    /// What is or was taken back.
    ///
    /// @param done paths with what happened to each
    /// @param left what was left as it is, and why
    record TakeBack(List<Done> done, List<Problem> left) {}

    /// Something taken back.
    ///
    /// @param path from the folder's root
    /// @param what it becomes
    record Done(String path, Kind what) {}

    /// Something in the trash of this computer.
    ///
    /// @param id for [#takeFromTrash]
    /// @param folder name of its folder
    /// @param path where it was
    /// @param size in bytes
    /// @param sinceMillis when it was put there, milliseconds since 1970
    /// @param onlyHere whether the nodes have not proven to hold its content; then it is never removed by itself
    record Trashed(long id, String folder, String path, long size, long sinceMillis, boolean onlyHere) {}
}
