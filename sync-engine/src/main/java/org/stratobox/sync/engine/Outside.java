package org.stratobox.sync.engine;

import org.stratobox.sync.localfs.OpenWriters;
import org.stratobox.sync.mesh.Bandwidth;
import org.stratobox.sync.mesh.Jitter;
import org.stratobox.sync.pace.PowerState;
import org.stratobox.sync.watch.FolderWatcher;

/// What a running device is told by the system it runs on.
///
/// @param watcher of folders
/// @param writers tells whether a file is being written
/// @param power what the computer lives on
/// @param bandwidth limits all nodes that were opened with it
/// @param jitter so that devices do not ask together
public record Outside(FolderWatcher watcher, OpenWriters writers, PowerState power, Bandwidth bandwidth,
        Jitter jitter) {}
