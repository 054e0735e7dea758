package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// A disk in memory with its base: it carries out steps as a careful executor does, lets a user work, and captures what the
/// user did.
final class ModelDisk {
    /// What is at a path; the id plays the inode and follows a rename.
    record Thing(EntryKind kind, Content content, long size, boolean executable, long mtime, FileId id) {
        static Thing of(Entry e) {
            return new Thing(e.kind(), e.content(), e.size(), e.isExecutable(), e.mtimeMillis(), e.fileId());
        }

        boolean shows(Entry e) {
            return kind == e.kind() && content.sameAs(e.content()) && (kind != EntryKind.FILE
                    || (executable == e.isExecutable() && mtime == e.mtimeMillis()));
        }
    }

    private record Named(RelativePath path, Thing thing) {}

    final Map<RelativePath, Entry> base = new HashMap<>();
    final Set<RelativePath> changedByUser = new HashSet<>();
    final List<Content> trash = new ArrayList<>();
    private final TreeMap<String, Named> disk = new TreeMap<>();
    private final Map<RelativePath, Thing> parked = new HashMap<>();
    private final boolean folding;

    ModelDisk(boolean folding) {
        this.folding = folding;
    }

    /// @return a disk that shows a state and knows it
    static ModelDisk showing(FolderState state) {
        ModelDisk made = new ModelDisk(false);
        made.base.putAll(state.entries());
        state.shown().forEach((path, entry) -> {
            Entry e = entry.orElseGet(() -> new Node(path, Optional.empty(), state.get(path)).derived());
            made.put(path, Thing.of(e));
            made.base.put(path, e);
        });
        return made;
    }

    String place(RelativePath path) {
        return folding ? path.text().toLowerCase(Locale.ROOT) : path.text();
    }

    @Nullable
    Thing at(RelativePath path) {
        Named named = disk.get(place(path));
        return named != null && named.path.equals(path) ? named.thing : null;
    }

    boolean isFree(RelativePath path) {
        return !disk.containsKey(place(path));
    }

    void put(RelativePath path, Thing thing) {
        disk.put(place(path), new Named(path, thing));
    }

    Map<RelativePath, Thing> things() {
        Map<RelativePath, Thing> all = new TreeMap<>();
        disk.values().forEach(n -> all.put(n.path, n.thing));
        return all;
    }

    List<RelativePath> below(RelativePath path) {
        String first = place(path) + '/';
        return disk.subMap(first, place(path) + '0').values().stream().map(Named::path).toList();
    }

    boolean hasDirectoryFor(RelativePath path) {
        RelativePath parent = path.parent().orElseThrow();
        Thing there = at(parent);
        return parent.isRoot() || (there != null && there.kind == EntryKind.DIRECTORY);
    }

    void rename(RelativePath from, RelativePath to) {
        List<RelativePath> all = new ArrayList<>(below(from));
        all.add(from);
        Map<RelativePath, Thing> moved = new HashMap<>();
        for (RelativePath p : all) {
            moved.put(new RelativePath(to.text() + p.text().substring(from.text().length())), take(p));
        }
        moved.forEach(this::put);
    }

    Collection<Difference> differences(FolderState state) {
        Set<RelativePath> paths = new HashSet<>(base.keySet());
        paths.addAll(state.entries().keySet());
        List<Difference> all = new ArrayList<>();
        for (RelativePath path : paths) {
            Optional<Entry> known = Optional.ofNullable(base.get(path));
            if (!known.equals(state.get(path))) {
                all.add(new Difference(path, known, state.get(path)));
            }
        }
        return all;
    }

    Surroundings around(FolderState state) {
        Surroundings plain = Surroundings.of(new FolderState(base), state);
        Map<String, RelativePath> live = new HashMap<>();
        base.forEach((path, entry) -> {
            if (entry.isLive()) {
                live.put(place(path), path);
            }
        });
        return new Surroundings() {
            @Override
            public Optional<Entry> base(RelativePath path) {
                return plain.base(path);
            }

            @Override
            public Optional<Entry> state(RelativePath path) {
                return plain.state(path);
            }

            @Override
            public boolean showsBelow(RelativePath directory) {
                return plain.showsBelow(directory);
            }

            @Override
            public String place(RelativePath path) {
                return ModelDisk.this.place(path);
            }

            @Override
            public Optional<RelativePath> occupant(RelativePath path) {
                return Optional.ofNullable(live.get(place(path))).filter(p -> !p.equals(path));
            }
        };
    }

    // --- steps

    /// @return whether the disk was as expected, so that the step was done
    boolean execute(Step step) {
        if (!isExpected(step)) {
            return false;
        }
        boolean done = switch (step) {
            case Step.MakeDirectory make -> write(make.site());
            case Step.PutFile put -> write(put.site());
            case Step.PutLink link -> write(link.site());
            case Step.SetAttributes set -> write(set.site());
            case Step.Move move -> move(move);
            case Step.Remove remove -> remove(remove.site().path());
            case Step.RemoveDirectory remove -> below(remove.path()).isEmpty() && remove(remove.path());
            case Step.Park park -> park(park.path());
            case Step.Unpark unpark -> unpark(unpark);
            case Step.Rebind rebind -> true;
        };
        if (done) {
            step.sites().forEach(this::record);
        }
        return done;
    }

    private boolean isExpected(Step step) {
        for (Site site : step.sites()) {
            if (!site.expected().equals(Optional.ofNullable(base.get(site.path())))) {
                throw new AssertionError("expected is not base: " + step);
            }
        }
        return switch (step) {
            case Step.Move move -> isExpected(move.from()) && (move.way() == Step.Way.SAME_NAME
                    ? place(move.from().path()).equals(place(move.to().path()))
                    : isExpected(move.to()));
            case Step.Single single -> isExpected(single.site());
        };
    }

    private boolean isExpected(Site site) {
        Thing there = at(site.path());
        if (!site.expectsSomething()) {
            return site.becomes().filter(Entry::isLive).isEmpty() ? there == null : isFree(site.path());
        }
        return there != null && there.shows(site.expected().orElseThrow());
    }

    private void record(Site site) {
        if (site.becomes().isPresent()) {
            base.put(site.path(), site.becomes().get());
        } else {
            base.remove(site.path());
        }
    }

    private boolean write(Site site) {
        if (!hasDirectoryFor(site.path())) {
            return false;
        }
        Thing old = at(site.path());
        Thing now = Thing.of(site.becomes().orElseThrow());
        if (old != null && (old.kind == EntryKind.DIRECTORY) != (now.kind == EntryKind.DIRECTORY)) {
            throw new AssertionError("a directory in the way of a file, or a file in that of a directory");
        }
        if (old != null && !old.content.sameAs(now.content)) {
            trash.add(old.content);
        }
        put(site.path(), now);
        return true;
    }

    private boolean move(Step.Move move) {
        if (!hasDirectoryFor(move.to().path())) {
            return false;
        }
        rename(move.from().path(), move.to().path());
        identify(move.to());
        move.carried().forEach(c -> identify(c.to()));
        return true;
    }

    /// The index knows which file it is from now on.
    private void identify(Site to) {
        Thing thing = at(to.path());
        Entry entry = to.becomes().orElseThrow();
        if (thing != null && thing.shows(entry)) {
            put(to.path(), Thing.of(entry));
        }
    }

    private boolean remove(RelativePath path) {
        trash.add(take(path).content);
        return true;
    }

    private boolean park(RelativePath path) {
        parked.put(path, take(path));
        return true;
    }

    private boolean unpark(Step.Unpark unpark) {
        Thing thing = parked.get(unpark.from());
        if (thing == null || !hasDirectoryFor(unpark.path())) {
            return false;
        }
        Entry entry = unpark.site().becomes().orElseThrow();
        if (!thing.shows(entry)) {
            throw new AssertionError("another file was parked");
        }
        parked.remove(unpark.from());
        put(unpark.path(), Thing.of(entry));
        return true;
    }

    Thing take(RelativePath path) {
        Named named = disk.remove(place(path));
        if (named == null) {
            throw new AssertionError("nothing there");
        }
        return named.thing;
    }

    /// @return whether nothing was parked
    boolean endOfPass() {
        boolean none = parked.isEmpty();
        parked.values().forEach(thing -> trash.add(thing.content));
        parked.clear();
        return none;
    }

    // --- capture

    /// @return what the user changed, as versions whose vectors come from base
    FolderState capture(DeviceId device, long[] counter, long wall) {
        Map<RelativePath, Entry> changes = new HashMap<>();
        Map<RelativePath, Thing> things = things();
        Map<FileId, RelativePath> appeared = new HashMap<>();
        things.forEach((path, thing) -> {
            Entry known = base.get(path);
            if (known == null || !thing.shows(known)) {
                VersionVector version = vector(path).with(device, ++counter[0]);
                changes.put(path, new Entry(thing.kind, thing.id, thing.content, thing.size, thing.mtime,
                        thing.executable ? 0755 : 0644, version, device, wall, Optional.empty()));
                appeared.put(thing.id, path);
            }
        });
        base.forEach((path, entry) -> {
            if (entry.isLive() && !things.containsKey(path)) {
                Optional<Moved> moved = Optional.ofNullable(appeared.get(entry.fileId()))
                        .filter(p -> entry.kind() == EntryKind.FILE)
                        .map(p -> new Moved(p, entry.version(), entry.content().identity()));
                changes.put(path, new Entry(EntryKind.TOMBSTONE, entry.fileId(), new Content.None(), 0, 0, 0,
                        vector(path).with(device, ++counter[0]), device, wall, moved));
            }
        });
        base.putAll(changes);
        changedByUser.clear();
        return new FolderState(changes);
    }

    private VersionVector vector(RelativePath path) {
        Entry known = base.get(path);
        return known == null ? VersionVector.empty() : known.version();
    }
}
