package org.stratobox.sync.index;

import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;

/// Up to where the trees of other devices were merged into the state.
public interface MergedTable {
    /// @param device another device
    /// @param folder a folder of the account
    /// @return the tree of that device that was merged last
    /// @throws IndexException if the index cannot be used
    Optional<Capability> merged(DeviceId device, FolderId folder) throws IndexException;

    /// @param device another device
    /// @param folder a folder of the account
    /// @param tree all of which is in the state now
    /// @throws IndexException if the index cannot be used
    void setMerged(DeviceId device, FolderId folder, Capability tree) throws IndexException;

    /// Forgets what was merged, so that everything is looked at again.
    ///
    /// @param folder a folder of the account
    /// @throws IndexException if the index cannot be used
    void forget(FolderId folder) throws IndexException;
}
