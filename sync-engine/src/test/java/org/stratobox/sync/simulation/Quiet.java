package org.stratobox.sync.simulation;

import java.nio.file.Path;

import org.stratobox.sync.localfs.Room;
import org.stratobox.sync.simulation.disk.SimDisk.Operation;
import org.stratobox.sync.simulation.disk.SimDisk.Surroundings;

/// A machine on which nothing else happens.
enum Quiet implements Surroundings {
    DISK;

    @Override
    public void before(Operation operation, Path path) {
        // nothing
    }

    @Override
    public void after(Operation operation, Path path) {
        // nothing
    }

    @Override
    public Room room() {
        return new Room(1L << 40, 1L << 41);
    }

    @Override
    public void take(long bytes) {
        // there is room
    }
}
