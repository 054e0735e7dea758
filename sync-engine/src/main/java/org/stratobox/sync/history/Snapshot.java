package org.stratobox.sync.history;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.DeviceId;

/// A folder in one commit of a device.
///
/// @param device who published it
/// @param seq number of its head
/// @param wallMillis that device's clock, milliseconds since 1970
/// @param tree opens the folder's root
public record Snapshot(DeviceId device, long seq, long wallMillis, Capability tree) {
    /// A head that names a commit.
    ///
    /// @param device who published it
    /// @param seq its number
    /// @param wallMillis that device's clock, milliseconds since 1970
    /// @param commit opens the commit
    public record Point(DeviceId device, long seq, long wallMillis, Capability commit) {}
}
