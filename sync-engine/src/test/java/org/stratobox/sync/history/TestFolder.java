package org.stratobox.sync.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.sync.index.PassTable.PathChange;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.reconcile.FolderState;

/// The state of a folder in memory, and a user of it.
final class TestFolder implements Present {
    static final DeviceId DEVICE = new DeviceId(new Id16(1, 1));
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    final SortedMap<RelativePath, Entry> state = new TreeMap<>();
    private long counter;
    private long wall = 1_000;

    TestFolder() {}

    private TestFolder(TestFolder other) {
        state.putAll(other.state);
        counter = other.counter;
        wall = other.wall;
    }

    TestFolder copy() {
        return new TestFolder(this);
    }

    static RelativePath path(String text) {
        return new RelativePath(text);
    }

    @Override
    public Optional<Entry> at(RelativePath path) {
        return Optional.ofNullable(state.get(path));
    }

    @Override
    public boolean isSettled(RelativePath path) {
        return true;
    }

    @Override
    public List<RelativePath> liveBelow(RelativePath path) {
        return state.keySet().stream().filter(p -> p.isBelow(path) && isLive(p)).toList();
    }

    boolean isLive(RelativePath path) {
        return at(path).filter(Entry::isLive).isPresent();
    }

    private boolean isDirectory(RelativePath path) {
        return path.isRoot() || at(path).filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent();
    }

    // ---- what a user does

    private VersionVector raise(RelativePath path) {
        return at(path).map(Entry::version).orElse(VersionVector.empty()).with(DEVICE, ++counter);
    }

    private void put(RelativePath path, EntryKind kind, Content content, Optional<FileId> id, Optional<Moved> moved) {
        long size = content instanceof Content.Inline i ? i.length() : 0;
        FileId fileId = id.orElseGet(() -> new FileId(new Id16(77, counter + 1)));
        state.put(path, new Entry(kind, fileId, content, size, kind == EntryKind.FILE ? wall : 0, 0644, raise(path),
                DEVICE, ++wall, moved));
    }

    void write(String path, String text) {
        Optional<FileId> id = at(path(path)).filter(Entry::isLive).map(Entry::fileId);
        put(path(path), EntryKind.FILE, new Content.Inline(text.getBytes(StandardCharsets.UTF_8)), id,
                Optional.empty());
    }

    void makeDirectory(String path) {
        put(path(path), EntryKind.DIRECTORY, new Content.None(), Optional.empty(), Optional.empty());
    }

    void delete(String path) {
        for (RelativePath inside : liveBelow(path(path)).reversed()) {
            bury(inside, Optional.empty());
        }
        bury(path(path), Optional.empty());
    }

    private void bury(RelativePath path, Optional<Moved> moved) {
        put(path, EntryKind.TOMBSTONE, new Content.None(), at(path).map(Entry::fileId), moved);
    }

    void move(String from, String to) {
        List<RelativePath> all = new ArrayList<>(liveBelow(path(from)));
        all.addFirst(path(from));
        for (RelativePath source : all) {
            RelativePath target = path(to + source.text().substring(from.length()));
            Entry was = at(source).orElseThrow();
            put(target, was.kind(), was.content(), Optional.of(was.fileId()), Optional.empty());
            state.put(target, at(target).orElseThrow().withMtime(was.mtimeMillis()));
            bury(source, was.kind() == EntryKind.DIRECTORY
                    ? Optional.empty()
                    : Optional.of(new Moved(target, was.version(), was.content().identity())));
        }
    }

    /// One random thing a user may do.
    void act(Random random) {
        RelativePath at = somewhere(random);
        boolean free = !isLive(at);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                if (!isDirectory(at)) {
                    write(at.text(), "text " + random.nextInt(6) + " " + wall);
                }
            }
            case 3 -> {
                if (free) {
                    makeDirectory(at.text());
                }
            }
            case 4 -> {
                if (!free) {
                    delete(at.text());
                }
            }
            case 5, 6 -> {
                RelativePath to = somewhere(random);
                if (!free && !isLive(to) && !to.isBelow(at) && !to.equals(at)) {
                    move(at.text(), to.text());
                }
            }
            default -> {
                if (!free) {
                    boolean wasDirectory = isDirectory(at);
                    delete(at.text());
                    if (wasDirectory) {
                        write(at.text(), "was a directory " + wall);
                    } else {
                        makeDirectory(at.text());
                    }
                }
            }
        }
    }

    private RelativePath somewhere(Random random) {
        RelativePath at = RelativePath.ROOT;
        do {
            at = at.child(NAMES.get(random.nextInt(NAMES.size())));
        } while (isDirectory(at) && random.nextInt(3) > 0 && at.depth() < 4);
        return at;
    }

    // ---- passes

    List<PathChange> changesSince(TestFolder before) {
        List<PathChange> out = new ArrayList<>();
        state.forEach((path, entry) -> {
            if (!before.at(path).equals(Optional.of(entry))) {
                out.add(new PathChange(path, before.at(path), Optional.of(entry)));
            }
        });
        return out;
    }

    Reversal undo(List<PathChange> changes) throws Exception {
        Reversal reversal = Undo.of(changes, this);
        apply(reversal);
        return reversal;
    }

    void apply(Reversal reversal) {
        Random random = new Random(counter);
        Rewriting rewriting = new Rewriting(DEVICE, counter, ++wall, random::nextBytes);
        state.putAll(rewriting.versions(reversal.wanted()));
        counter = rewriting.counter();
    }

    /// What a user sees: path to kind, content, time.
    Map<String, String> view() {
        Map<String, String> out = new HashMap<>();
        new FolderState(state).shown().forEach((path, entry) -> out.put(path.text(),
                entry.filter(e -> e.kind() != EntryKind.DIRECTORY)
                        .map(e -> e.content().identity() + " " + e.mtimeMillis() + " " + e.isExecutable())
                        .orElse("directory")));
        return new TreeMap<>(out);
    }
}
