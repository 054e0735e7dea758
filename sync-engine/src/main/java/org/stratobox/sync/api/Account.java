package org.stratobox.sync.api;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.Identity;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.event.EngineEvent;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.model.NodeId;

/// An open home: this device's part of an account. Long calls report progress to a consumer that must return quickly, and
/// end with `CANCELLED` when their thread is interrupted; what was done until then is kept and resumed by the next call.
public interface Account extends AutoCloseable {
    /// @return wallet address and fingerprint; the address is empty text if the wallet is not kept on this device
    Identity identity();

    /// One pass over every folder, both ways: what changed here is encrypted, uploaded and published, what others published
    /// is brought onto this disk.
    ///
    /// @param progress told what moves
    /// @return what was done and what was left
    /// @throws StratoboxException if the pass as a whole could not be done
    SyncReport sync(Consumer<Progress> progress) throws StratoboxException;

    /// @return what a pass would do now; changes nothing, here or on the nodes
    /// @throws StratoboxException if the nodes cannot be reached or the index cannot be read
    PlanReport plan() throws StratoboxException;

    /// Keeps the folders in sync until it is closed. Other calls of this account stay possible and wait for a running pass.
    ///
    /// @param events told what happens, by one thread; must return quickly
    /// @return the running device, to be closed before the account
    /// @throws StratoboxException if it runs already
    Running run(Consumer<EngineEvent> events) throws StratoboxException;

    /// @return what is held because it would delete much
    Brakes brakes();

    /// @return what is on this disk
    Selection selection();

    /// @return what the user chose for this device
    /// @throws StratoboxException if it cannot be read
    Settings settings() throws StratoboxException;

    /// Changes settings; a running device follows at once.
    ///
    /// @param next all of them
    /// @throws StratoboxException if they cannot be kept; then nothing changes
    void changeSettings(Settings next) throws StratoboxException;

    /// @return the true state of folders and nodes; asks each node once, shortly
    /// @throws StratoboxException if the index cannot be read
    StatusReport status() throws StratoboxException;

    /// Looks at the disk and the index; asks no node.
    ///
    /// @param folder name of the folder
    /// @param path of anything below it
    /// @return where it stands
    /// @throws StratoboxException with `USAGE` if there is no such folder, or nothing is known of the path
    FileState fileState(String folder, String path) throws StratoboxException;

    /// Everything that is not safe, and why. Looks at the disk and the index; asks no node.
    ///
    /// @param limit most entries to tell
    /// @return paths that are not safe, folder by folder, those that are not taken in first; empty if all are
    /// @throws StratoboxException if the index cannot be read
    List<FileState> unsafe(int limit) throws StratoboxException;

    /// Audits index, objects and nodes.
    ///
    /// @param readData read every byte of every share instead of names and sizes
    /// @param repair mend what can be mended
    /// @param progress told what moves
    /// @return findings; after a repair, each says whether it was mended
    /// @throws StratoboxException if the audit could not be done
    CheckReport check(boolean readData, boolean repair, Consumer<Progress> progress) throws StratoboxException;

    /// @return what the nodes hold for this account, as on a new device
    /// @throws StratoboxException if the nodes cannot be reached
    Restorable restorable() throws StratoboxException;

    /// @return what happened to the folders, and taking it back
    History history();

    /// @return what is not synced, and why
    Ignores ignores();

    /// @return the synced folders of this device
    List<FolderView> folders();

    /// @param folder to add
    /// @throws StratoboxException if the directory cannot be used
    void addFolder(FolderSource folder) throws StratoboxException;

    /// Stops syncing a folder here. Deletes nothing, here or on the mesh.
    ///
    /// @param nameOrDirectory which
    /// @throws StratoboxException if there is no such folder
    void removeFolder(String nameOrDirectory) throws StratoboxException;

    /// @return the nodes with what is known of them
    List<NodeView> nodes();

    /// @param node to add; it is prepared and the mesh record renewed on all nodes
    /// @throws StratoboxException if it cannot be used
    void addNode(NodeSource node) throws StratoboxException;

    /// Forgets a node. Refused while it holds the last copy of anything.
    ///
    /// @param address as shown by [#nodes()]
    /// @throws StratoboxException if there is no such node or data would be lost
    void removeNode(String address) throws StratoboxException;

    /// Tries a place out with scratch objects; changes nothing in the account.
    ///
    /// @param node to try
    /// @return what it can do, in plain words, one line each
    /// @throws StratoboxException if it cannot be used
    List<String> testNode(NodeSource node) throws StratoboxException;

    /// One step of collecting data that no device and no kept version needs any more: makes a plan, waits for the other
    /// devices and for time to pass, or deletes. Meant to be called once a day; a pass after it tells the others.
    ///
    /// @param consent whether a plan that deletes much may go on
    /// @return what was done
    /// @throws StratoboxException if the nodes cannot be asked, or a state cannot be read completely: then nobody can say what
    ///         is not needed, and nothing is deleted
    CollectReport collect(CollectReport.Consent consent) throws StratoboxException;

    /// @return the devices of the account, and what was noticed about them
    Devices devices();

    /// Closes the index and releases the home. Idempotent.
    @Override
    void close();

    /// A synced folder.
    ///
    /// @param name inside the account
    /// @param directory on this device
    record FolderView(String name, Path directory) {}

    /// A node.
    ///
    /// @param id of the node
    /// @param address without secrets
    /// @param domain label of its failure domain
    record NodeView(NodeId id, String address, String domain) {}

    /// An entry of the account's merged state.
    ///
    /// @param path from the folder's root, `/`-separated
    /// @param kind `file`, `directory` or `symlink`
    /// @param size in bytes
    /// @param mtimeMillis modification time, milliseconds since 1970
    /// @param mode nine permission bits
    record Listing(String path, String kind, long size, long mtimeMillis, int mode) {}

    /// What the nodes hold for an account. Reading only.
    interface Restorable extends AutoCloseable {
        /// @return devices, newest state, stale or missing nodes: shown before anything is written
        RestorePreview preview();

        /// @param folder name of the folder
        /// @param path below it, empty for all
        /// @param to receives entries, parents first
        /// @throws StratoboxException if the tree cannot be read
        void list(String folder, String path, Consumer<Listing> to) throws StratoboxException;

        /// @param folder name of the folder
        /// @param path of a file
        /// @param to receives its bytes, each verified before it is written
        /// @throws StratoboxException if there is no such file or it cannot be read
        void cat(String folder, String path, OutputStream to) throws StratoboxException;

        /// @return the states the account was in
        Past past();

        /// Writes files. Never overwrites: what is there stays, and a differing file is restored beside it.
        ///
        /// @param request what and where
        /// @param progress told what moves
        /// @return what was written and what was left
        /// @throws StratoboxException if nothing can be restored
        RestoreReport restore(RestoreRequest request, Consumer<Progress> progress) throws StratoboxException;

        @Override
        void close();
    }

    /// What to restore.
    ///
    /// @param target directory to write to, made if absent
    /// @param folder name of the folder; empty for all (each in a directory of its name unless there is only one)
    /// @param paths below the folder; empty for everything
    /// @param atMillis state as of this time, milliseconds since 1970; empty for the newest
    record RestoreRequest(Path target, Optional<String> folder, List<String> paths, Optional<Long> atMillis) {}
}
