package org.stratobox.sync.simulation.disk;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.stratobox.sync.simulation.disk.Inode.Named;
import org.stratobox.sync.simulation.disk.Inode.Place;
import org.stratobox.sync.simulation.world.Chance;

/// What of a tree has reached the medium. Names become certain by forcing their directory, bytes by forcing the file; a
/// power cut keeps or drops every other change by itself, and tears bytes at 4 KiB. A rename is kept or dropped as one.
public final class Platter {
    private static final int BLOCK = 4096;
    private static final long TICK = 2_000_000_000L;
    private final Inode root;
    private final Map<Inode, Map<String, Named>> names = new HashMap<>();
    private final Map<Inode, Place> places = new HashMap<>();
    /// Changes of names that are not certain, and certain ones behind them, oldest first.
    private final Deque<Pending> pending = new ArrayDeque<>();

    Platter(Inode root) {
        this.root = root;
    }

    /// @param put what the name stands for now, or empty if it is free
    record Effect(Inode directory, String key, Optional<Named> put) {}

    private record Pending(List<Effect> effects, Set<Inode> unforced) {
        boolean makes(Inode inode) {
            return effects.stream().anyMatch(e -> e.put().filter(named -> named.inode().equals(inode)).isPresent());
        }
    }

    void note(List<Effect> effects) {
        // a rename is one change in every journal: it is certain when the new name is
        boolean isPut = effects.stream().anyMatch(effect -> effect.put().isPresent());
        Set<Inode> directories = new HashSet<>();
        effects.stream().filter(effect -> effect.put().isPresent() || !isPut)
                .forEach(effect -> directories.add(effect.directory()));
        pending.add(new Pending(List.copyOf(effects), directories));
    }

    /// @param file whose bytes are certain from now on
    public void force(Inode file) {
        file.durableData = file.data;
        file.isDataDurable = true;
    }

    /// Also makes certain that the directory itself is there, as journalling file systems do.
    ///
    /// @param directory whose names are certain from now on
    public void forceDirectory(Inode directory) {
        Inode at = directory;
        while (!at.equals(root)) {
            Inode here = at;
            pending.stream().filter(change -> change.makes(here)).forEach(change -> change.unforced().clear());
            Place place = at.place;
            if (place == null) {
                break;
            }
            at = place.directory();
        }
        pending.forEach(change -> change.unforced().remove(directory));
        while (!pending.isEmpty() && pending.getFirst().unforced().isEmpty()) {
            keep(pending.removeFirst());
        }
    }

    private void keep(Pending change) {
        for (Effect effect : change.effects()) {
            Named gone = effect.put().isPresent() ? null : in(effect.directory()).remove(effect.key());
            if (gone != null) {
                places.remove(gone.inode());
            }
        }
        for (Effect effect : change.effects()) {
            effect.put().ifPresent(named -> put(effect, named));
        }
    }

    private void put(Effect effect, Named named) {
        Place before = places.remove(named.inode());
        if (before != null) {
            in(before.directory()).remove(before.key());
        }
        Named replaced = in(effect.directory()).put(effect.key(), named);
        if (replaced != null) {
            places.remove(replaced.inode());
        }
        places.put(named.inode(), new Place(effect.directory(), effect.key(), named.name()));
    }

    private Map<String, Named> in(Inode directory) {
        return names.computeIfAbsent(directory, d -> new TreeMap<>());
    }

    /// The power fails and comes back: the tree is what the medium has.
    ///
    /// @param chance decides about everything that was not certain
    public void cutPower(Chance chance) {
        // file systems with an ordered journal lose the end of it, others anything
        boolean isOrdered = chance.happens(0.5);
        int prefix = chance.below(pending.size() + 1);
        int i = 0;
        for (Pending change : pending) {
            boolean kept = isOrdered ? i < prefix : chance.happens(0.5);
            if (kept || change.unforced().isEmpty()) {
                keep(change);
            }
            i++;
        }
        pending.clear();
        restore(root, chance);
    }

    private void restore(Inode directory, Chance chance) {
        directory.children.values().forEach(named -> named.inode().place = null);
        directory.children.clear();
        for (Map.Entry<String, Named> e : in(directory).entrySet()) {
            Inode inode = e.getValue().inode();
            directory.children.put(e.getKey(), e.getValue());
            inode.place = new Place(directory, e.getKey(), e.getValue().name());
            inode.handles = 0;
            if (inode.isDirectory()) {
                restore(inode, chance);
            } else if (!inode.isDataDurable) {
                byte[] left = torn(inode, chance);
                if (!Arrays.equals(left, inode.data)) {
                    inode.data = left;
                    // data is written before the times that tell of it, as ext4 orders it
                    inode.mtime -= TICK;
                    inode.ctime -= TICK;
                }
                force(inode);
            }
        }
    }

    private static byte[] torn(Inode file, Chance chance) {
        return switch (chance.below(3)) {
            case 0 -> file.data;
            case 1 -> file.durableData;
            default -> {
                byte[] mixed = new byte[file.data.length];
                for (int at = 0; at < mixed.length; at += BLOCK) {
                    byte[] from = chance.happens(0.5) ? file.data : file.durableData;
                    int end = Math.min(Math.min(at + BLOCK, mixed.length), from.length);
                    if (at < end) {
                        System.arraycopy(from, at, mixed, at, end - at);
                    }
                }
                yield mixed;
            }
        };
    }

    /// Everything is certain now, as after some quiet time.
    public void settle() {
        while (!pending.isEmpty()) {
            keep(pending.removeFirst());
        }
        settle(root);
    }

    private void settle(Inode directory) {
        for (Named named : directory.children.values()) {
            if (named.inode().isDirectory()) {
                settle(named.inode());
            } else {
                force(named.inode());
            }
        }
    }
}
