package org.stratobox.sync.apply;

import java.nio.file.Path;

import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.model.FolderId;

/// The folder on this disk that a plan is for.
///
/// @param root its directory, as the user named it
/// @param marker which must be in it
/// @param sealer seals in the folder's scope: tells whether local bytes are the wanted ones
/// @param outsideLinks whether symbolic links that are absolute or lead out of the folder are created here
public record ApplyTarget(Path root, FolderMarker marker, Sealer sealer, boolean outsideLinks) {
    /// @return which folder of the account
    public FolderId folder() {
        return marker.folder();
    }
}
