package org.stratobox.sync.api;

import java.util.List;
import java.util.Map;

/// Deletions that are held because they are many (`sync.md` 4). Nothing that is held reaches a disk or another device.
public interface Brakes {
    /// @return what is held now, as the last pass found it
    /// @throws StratoboxException if the index cannot be read
    List<HeldChange> held() throws StratoboxException;

    /// Lets a held change through; the next pass carries it out. Everything goes to the trash nevertheless.
    ///
    /// @param id [HeldChange#id()], or its beginning as long as it is clear
    /// @throws StratoboxException with `USAGE` if nothing of that id is held
    void release(String id) throws StratoboxException;

    /// Undoes a held change: what is missing here is fetched again; what others deleted is given back to them. The next
    /// pass carries it out.
    ///
    /// @param id [HeldChange#id()], or its beginning as long as it is clear
    /// @throws StratoboxException with `USAGE` if nothing of that id is held
    void putBack(String id) throws StratoboxException;

    /// A held change.
    ///
    /// @param id names exactly this set of files
    /// @param folder its name
    /// @param madeHere whether it was made on this computer, as opposed to coming from others
    /// @param deleted paths that would be gone
    /// @param replaced paths at which something else would be
    /// @param perDevice how many of them each device caused, by label
    /// @param files how many files the folder has
    record HeldChange(String id, String folder, boolean madeHere, List<String> deleted, List<String> replaced,
            Map<String, Integer> perDevice, long files) {}
}
