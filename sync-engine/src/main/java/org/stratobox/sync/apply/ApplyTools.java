package org.stratobox.sync.apply;

import java.time.Clock;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.task.Tasks;

/// What applying works with.
///
/// @param disk the user's disk
/// @param index base, journal and trash
/// @param objects opens objects of the mesh
/// @param tasks threads
/// @param clock wall time, for names of days and for how fresh a file is
/// @param entropy for names in the own area
public record ApplyTools(LocalDisk disk, SyncIndex index, ObjectReader objects, Tasks tasks, Clock clock,
        Entropy entropy) {}
