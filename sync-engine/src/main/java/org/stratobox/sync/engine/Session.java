package org.stratobox.sync.engine;

import java.util.List;

import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.pack.PackException;

/// What those who work inside an open account share. Every call holds the session's monitor; keys and mesh are replaced when
/// nodes, epoch or identity change, so nobody keeps them over a call.
interface Session {
    EngineParts parts();

    DeviceKeys keys();

    Mesh mesh();

    SyncIndex index();

    /// The synced folders of this device.
    List<FolderId> syncedFolders() throws StratoboxException;

    /// Takes new keys and the mesh that goes with them into use and into the keystore; the old mesh is closed.
    void replace(DeviceKeys keys, Mesh mesh) throws StratoboxException;

    /// Asks the nodes, and first does what has to happen before a pass: takes the keys of the next epoch, or a new identity.
    AccountState refresh()
            throws StratoboxException, IndexException, PackException, HistoryException, InterruptedException;

    /// Failures of the layers below as sentences.
    <T> T guarded(Guarded.Work<T> work) throws StratoboxException;
}
