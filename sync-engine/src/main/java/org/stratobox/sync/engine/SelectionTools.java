package org.stratobox.sync.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.apply.ApplyTarget;
import org.stratobox.sync.apply.ApplyTools;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.model.FolderId;

/// What choosing files for this disk works with.
///
/// @param parts of the engine
/// @param keys of this device
/// @param index of this device
/// @param mesh nodes
/// @param objects opens what was published
record SelectionTools(EngineParts parts, DeviceKeys keys, SyncIndex index, Mesh mesh, ObjectReader objects) {
    private static final Logger LOG = LoggerFactory.getLogger(SelectionTools.class);

    /// A folder that is there.
    ///
    /// @param setting which one
    /// @param folder its id
    /// @param target on this disk
    record Site(FolderSetting setting, FolderId folder, ApplyTarget target) {}

    /// @return the folder, if its root is certainly the right one
    Site site(FolderSetting setting) throws StratoboxException {
        FolderId folder = keys.folderId(setting.name());
        Optional<String> problem = FolderChecks.problem(parts.files(), setting.path(), folder);
        if (problem.isPresent()) {
            throw new StratoboxException(Reason.FAILED, problem.get());
        }
        try {
            FolderMarker marker = FolderMarker.read(parts.files(), setting.path()).orElseThrow(IOException::new);
            return new Site(setting, folder,
                    new ApplyTarget(setting.path(), marker, keys.folderSealer(folder), false));
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "The folder cannot be read. Nothing was changed anywhere.", e);
        }
    }

    /// Lets go of what was freed a while ago.
    void release(List<FolderSetting> settings) throws IndexException, InterruptedException {
        for (FolderSetting setting : settings) {
            try {
                if (!index.selection().all(keys.folderId(setting.name())).isEmpty()) {
                    ChosenPaths.release(this, site(setting));
                }
            } catch (StratoboxException | IOException e) {
                LOG.info("freed files stay in the trash for now: {}", e.getClass().getSimpleName());
            }
        }
    }

    ApplyTools applying() {
        return new ApplyTools(parts.files(), index, objects, parts.tasks(), parts.clock(), parts.entropy());
    }
}
