package org.stratobox.sync.simulation;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.simulation.disk.DiskProfile;
import org.stratobox.sync.simulation.world.World;

/// What must hold when everybody has come to rest, by the numbers of `sync.md` 6.
final class Invariants {
    private final World world;
    private final Ledger ledger;
    private final List<SimDevice> devices;

    Invariants(World world, Ledger ledger, List<SimDevice> devices) {
        this.world = world;
        this.ledger = ledger;
        this.devices = devices;
    }

    /// @throws SimulationFailure at the first that does not hold
    void check() {
        everybodyKnowsTheSame();
        devices.forEach(this::nothingIsLost);
        devices.forEach(this::nothingIsBack);
        devices.forEach(this::conflictCopiesAreSingle);
        devices.forEach(Invariants::nothingOutsideIsTouched);
        everybodyShowsTheSame();
        world.tally().add("checked");
    }

    private void everybodyKnowsTheSame() {
        SortedMap<String, Entry> first = devices.getFirst().merged();
        for (SimDevice device : devices) {
            SortedMap<String, Entry> other = device.merged();
            if (!other.equals(first)) {
                throw new SimulationFailure("I1",
                        "states differ:\n  " + diff(first, other) + "\n  " + diff(other, first));
            }
        }
    }

    private static SortedMap<String, Entry> diff(SortedMap<String, Entry> a, SortedMap<String, Entry> b) {
        SortedMap<String, Entry> out = new TreeMap<>(a);
        out.entrySet().removeAll(b.entrySet());
        return out;
    }

    private Map<Integer, List<String>> visible(SimDevice device) {
        Map<Integer, List<String>> visible = new HashMap<>();
        View.walk(device.tree(), SimDevice.ROOT, (path, inode) -> {
            if (inode.kind() == Kind.FILE) {
                ledger.token(inode.data())
                        .ifPresent(token -> visible.computeIfAbsent(token, t -> new ArrayList<>()).add(
                                Normalizer.normalize(path.toString(), Normalizer.Form.NFC)));
            }
        });
        return visible;
    }

    private void nothingIsLost(SimDevice device) {
        NavigableSet<Integer> lost = new TreeSet<>(ledger.owed());
        lost.removeAll(visible(device).keySet());
        if (!lost.isEmpty()) {
            throw new SimulationFailure("I2", "lost on " + device + ": tokens " + lost + elsewhere(lost));
        }
    }

    private String elsewhere(NavigableSet<Integer> lost) {
        StringBuilder found = new StringBuilder();
        for (SimDevice device : devices) {
            View.everything(device.tree()).forEach((path, data) -> ledger.token(data).filter(lost::contains)
                    .ifPresent(token -> found.append("; ").append(token).append(" is at ").append(device)
                            .append(' ').append(path)));
        }
        return found.toString();
    }

    private void nothingIsBack(SimDevice device) {
        Map<Integer, List<String>> visible = visible(device);
        ledger.gone().forEach((token, path) -> {
            if (visible.getOrDefault(token, List.of())
                    .contains(Normalizer.normalize(path, Normalizer.Form.NFC))) {
                throw new SimulationFailure("I3", "deleted and back on " + device + ": token " + token + " at " + path);
            }
        });
    }

    private void conflictCopiesAreSingle(SimDevice device) {
        visible(device).forEach((token, paths) -> {
            if (paths.size() > 1 && ledger.isSingle(token)) {
                throw new SimulationFailure("I5", "token " + token + " on " + device + " is at " + paths);
            }
        });
    }

    private static void nothingOutsideIsTouched(SimDevice device) {
        List<String> outside = new ArrayList<>();
        View.walk(device.tree(), SimDevice.OUTSIDE, (path, inode) -> outside
                .add(path.getFileName() + new String(inode.data(), StandardCharsets.US_ASCII)));
        if (!outside.equals(List.of("minem"))) {
            throw new SimulationFailure("I9", "touched outside: " + outside);
        }
    }

    private void everybodyShowsTheSame() {
        List<DiskProfile> all = devices.stream().map(d -> d.tree().profile()).toList();
        SortedMap<String, String> first = View.shown(devices.getFirst().tree(), all);
        for (SimDevice device : devices) {
            SortedMap<String, String> other = View.shown(device.tree(), all);
            if (!other.equals(first)) {
                throw new SimulationFailure("I1", "devices differ:\n  " + first + "\n  " + other);
            }
        }
    }
}
