package org.stratobox.sync.api;

import java.util.List;
import java.util.function.Consumer;

import org.stratobox.sync.event.Progress;

/// What of a folder is on this computer's disk. What is not stays on the nodes and on other devices, and is listed here
/// (`sync-disk.md` 2.6). Nothing of this ever deletes anything elsewhere.
public interface Selection {
    /// Takes files off this disk, after the nodes have answered for every byte of them.
    ///
    /// @param folder name of the folder
    /// @param path of a file or directory below it
    /// @param progress told what moves
    /// @return what was freed and what was left, because it changed meanwhile or the nodes did not prove it
    /// @throws StratoboxException with `USAGE` if there is no such path
    Freed freeUp(String folder, String path, Consumer<Progress> progress) throws StratoboxException;

    /// Wants a path on this disk again; the next pass fetches it.
    ///
    /// @param folder name of the folder
    /// @param path of a file or directory below it; empty for everything
    /// @throws StratoboxException with `USAGE` if there is no such path
    void keepHere(String folder, String path) throws StratoboxException;

    /// @param folder name of the folder
    /// @return files and directories that were chosen not to be on this disk
    /// @throws StratoboxException with `USAGE` if there is no such folder
    List<String> onlineOnly(String folder) throws StratoboxException;

    /// What was freed.
    ///
    /// @param files how many
    /// @param bytes that are free now
    /// @param left what stayed, and why
    record Freed(long files, long bytes, List<SyncReport.Problem> left) {}
}
