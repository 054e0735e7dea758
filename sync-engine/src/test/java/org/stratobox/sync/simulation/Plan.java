package org.stratobox.sync.simulation;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.sync.simulation.disk.DiskProfile;
import org.stratobox.sync.simulation.mesh.Weather;
import org.stratobox.sync.simulation.world.Chance;

/// What kind of run a seed is.
///
/// @param devices their disks
/// @param nodes how many
/// @param weather on the way to the nodes
/// @param actions how many things happen before everybody comes to rest
/// @param interference how likely a user acts right before a step on a disk
/// @param crash how likely a pass is killed
/// @param powerCut how likely a kill is a loss of power
/// @param diskFault how likely a step on a disk fails
/// @param switching how likely another thread goes on after a step
/// @param names of files and directories
record Plan(List<DiskProfile> devices, int nodes, Weather weather, int actions, double interference, double crash,
        double powerCut, double diskFault, double switching, List<String> names) {
    private static final List<DiskProfile> PLAIN = List.of(DiskProfile.EXT4, DiskProfile.EXT4, DiskProfile.EXT4_TICKS,
            DiskProfile.NETWORK);
    private static final List<DiskProfile> ALL = List.of(DiskProfile.EXT4, DiskProfile.EXT4_TICKS, DiskProfile.APFS,
            DiskProfile.HFS, DiskProfile.FAT, DiskProfile.NETWORK);

    static Plan of(Chance chance) {
        boolean anyDisk = chance.happens(0.25);
        int count = chance.happens(0.25) ? 3 : 2;
        List<DiskProfile> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(chance.of(anyDisk ? ALL : PLAIN));
        }
        return new Plan(List.copyOf(devices), 1 + Math.min(chance.below(3), chance.below(3)), Weather.of(chance),
                8 + chance.below(22), chance.happens(0.5) ? 0 : 0.002 * chance.below(15),
                chance.happens(0.5) ? 0 : 0.4 * chance.below(100) / 100, chance.happens(0.3) ? 0.5 : 0,
                chance.happens(0.7) ? 0 : 0.01, 0.02 + 0.1 * chance.below(4), names(anyDisk, chance));
    }

    private static List<String> names(boolean anyDisk, Chance chance) {
        List<String> names = new ArrayList<>(List.of("a", "b", "c.txt", "d"));
        names.add(anyDisk && chance.happens(0.5) ? "\u00fc" : "e");
        return List.copyOf(names);
    }
}
