package org.stratobox.sync.index;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.ObjectName;

/// Heads this device has accepted or written, so that a listing tells at once which ones are new.
public interface HeadTable {
    /// @return names of the objects that need not be read again
    /// @throws IndexException if the index cannot be used
    Set<ObjectName> names() throws IndexException;

    /// @return every head that is known
    /// @throws IndexException if the index cannot be used
    List<KnownHead> all() throws IndexException;

    /// @param head accepted or written
    /// @throws IndexException if the index cannot be used
    void add(KnownHead head) throws IndexException;

    /// @return the newest of each device
    /// @throws IndexException if the index cannot be used
    Map<DeviceId, KnownHead> newest() throws IndexException;

    /// An accepted head.
    ///
    /// @param name object on the nodes
    /// @param device who spoke
    /// @param seq its number
    /// @param hash its hash
    /// @param wallMillis the device's clock, milliseconds since 1970
    record KnownHead(ObjectName name, DeviceId device, long seq, Digest256 hash, long wallMillis) {}
}
