package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// A device of the simulation: a disk (path -> content, or [#DIRECTORY]), what disk and mesh agreed on, and the joined state.
final class SimulatedDevice {
    static final String DIRECTORY = "<directory>";
    static final StateJoin JOIN = new StateJoin(new ConflictNames(Map.of()));
    private static final Comparator<String> TOP_DOWN = Comparator
            .<String>comparingInt(p -> RelativePath.ROOT.equals(new RelativePath(p)) ? 0 : new RelativePath(p).depth())
            .thenComparing(Comparator.naturalOrder());

    final Map<String, String> disk = new HashMap<>();
    final List<FolderState> heads = new ArrayList<>();
    FolderState state = FolderState.empty();
    private final DeviceId id;
    private final Map<String, String> base = new HashMap<>();
    private final Map<String, VersionVector> baseVersion = new HashMap<>();
    private long counter;

    SimulatedDevice(DeviceId id) {
        this.id = id;
    }

    boolean hasDirectoryFor(String path) {
        RelativePath parent = new RelativePath(path).parent().orElseThrow();
        return parent.isRoot() || DIRECTORY.equals(disk.get(parent.text()));
    }

    List<String> below(String path) {
        return disk.keySet().stream().filter(p -> p.equals(path) || p.startsWith(path + "/")).sorted().toList();
    }

    void merge(FolderState other) {
        state = JOIN.join(state, other);
    }

    void ingest(LongSupplier clock) {
        Set<String> paths = new HashSet<>(disk.keySet());
        paths.addAll(base.keySet());
        Map<RelativePath, Entry> changes = new HashMap<>();
        // Deletions first, while base still tells which paths are new.
        for (String path : paths.stream()
                .sorted(Comparator.<String, Boolean>comparing(disk::containsKey).thenComparing(p -> p)).toList()) {
            @Nullable
            String now = disk.get(path);
            if (java.util.Objects.equals(now, base.get(path))) {
                continue;
            }
            VersionVector version = baseVersion.getOrDefault(path, VersionVector.empty()).with(id, ++counter);
            changes.put(new RelativePath(path), entry(path, now, version, clock.getAsLong()));
            remember(path, now, version);
        }
        state = JOIN.join(state, new FolderState(changes));
    }

    private void remember(String path, @Nullable String content, VersionVector version) {
        if (content == null) {
            base.remove(path);
        } else {
            base.put(path, content);
        }
        baseVersion.put(path, version);
    }

    private Entry entry(String path, @Nullable String content, VersionVector version, long wall) {
        if (content == null) {
            return gone(path, version, wall);
        }
        return content.equals(DIRECTORY)
                ? Entries.directory(version, id, wall)
                : Entries.file(content, version, id, wall);
    }

    /// What vanished here and appeared elsewhere with the same content was moved.
    private Entry gone(String path, VersionVector version, long wall) {
        String was = base.getOrDefault(path, DIRECTORY);
        Optional<String> to = was.equals(DIRECTORY)
                ? Optional.empty()
                : disk.keySet().stream().filter(p -> was.equals(disk.get(p)) && !base.containsKey(p)).sorted()
                        .findFirst();
        VersionVector before = baseVersion.getOrDefault(path, VersionVector.empty());
        return to.map(p -> Entries.movedAway(Entries.file(was, before, id, wall), p, version, id, wall))
                .orElseGet(() -> Entries.tombstone(version, id, wall));
    }

    static Map<String, String> view(FolderState state) {
        Map<String, String> view = new HashMap<>();
        state.shown().forEach((path, entry) -> view.put(path.text(), content(entry)));
        return view;
    }

    private static String content(Optional<Entry> entry) {
        return entry.map(Entry::content).filter(Content.Inline.class::isInstance)
                .map(c -> new String(((Content.Inline) c).bytes(), StandardCharsets.UTF_8)).orElse(DIRECTORY);
    }

    private VersionVector versionOf(String path) {
        return state.get(new RelativePath(path)).map(Entry::version).orElse(VersionVector.empty());
    }

    void apply(BooleanSupplier fails) {
        Map<String, String> view = view(state);
        disk.keySet().stream().sorted(TOP_DOWN.reversed()).toList().forEach(path -> remove(path, view, fails));
        view.keySet().stream().sorted(TOP_DOWN).forEach(path -> write(path, view, fails));
        state.entries().forEach((path, entry) -> {
            if (!view.containsKey(path.text()) && !disk.containsKey(path.text())) {
                remember(path.text(), null, entry.version());
            }
        });
    }

    private void remove(String path, Map<String, String> view, BooleanSupplier fails) {
        @Nullable
        String wanted = view.get(path);
        String there = disk.getOrDefault(path, "");
        boolean sameKind = wanted != null && wanted.equals(DIRECTORY) == there.equals(DIRECTORY);
        if (sameKind || below(path).size() > 1 || !there.equals(base.get(path)) || fails.getAsBoolean()) {
            return;
        }
        disk.remove(path);
        base.remove(path);
        // Base moves only with the last step: where something else follows, the old vector stays.
        if (wanted == null) {
            baseVersion.put(path, versionOf(path));
        }
    }

    private void write(String path, Map<String, String> view, BooleanSupplier fails) {
        String wanted = view.getOrDefault(path, DIRECTORY);
        @Nullable
        String there = disk.get(path);
        if (wanted.equals(there)) {
            remember(path, wanted, versionOf(path));
            return;
        }
        if (fails.getAsBoolean() || !hasDirectoryFor(path) || !java.util.Objects.equals(there, base.get(path))
                || DIRECTORY.equals(there)) {
            return;
        }
        disk.put(path, wanted);
        remember(path, wanted, versionOf(path));
    }
}
