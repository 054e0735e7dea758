package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeObject;
import org.stratobox.sync.object.TreeReader;

/// Reads the state of a folder from its tree objects: live entries only, a directory always before what is in it. Memory is
/// bounded by the depth of the folder and the reader's cache, not by the number of entries. Thread-safe; calls block.
///
/// A directory that was deleted and still holds something live is visited as a directory (`sync.md` 1).
public final class FolderReader {
    /// Directories that are read ahead of visiting them.
    private static final int AHEAD = 128;
    private static final int DERIVED_MODE = 0755;

    private final ObjectReader objects;

    /// @param objects opens the tree objects
    public FolderReader(ObjectReader objects) {
        this.objects = objects;
    }

    /// @param tree opens the folder's root
    /// @param visitor takes every live entry
    /// @param <X> how the visitor may fail
    /// @throws X as the visitor does
    /// @throws HistoryException if a tree object cannot be had and the visitor does not go on
    /// @throws InterruptedException if the thread is interrupted
    public <X extends Exception> void forEach(Capability tree, EntryVisitor<X> visitor)
            throws X, HistoryException, InterruptedException {
        try {
            new Walk<>(visitor).directory(new Level(RelativePath.ROOT, Optional.empty()), tree);
        } catch (Carried e) {
            throw e.<X>rethrow();
        }
    }

    /// Visits what is at or below some paths, without the directories above them.
    ///
    /// @param tree opens the folder's root
    /// @param paths what is wanted; the root for everything
    /// @param visitor takes every live entry there
    /// @param <X> how the visitor may fail
    /// @return the paths at which there is nothing
    /// @throws X as the visitor does
    /// @throws HistoryException if a tree object cannot be had and the visitor does not go on
    /// @throws InterruptedException if the thread is interrupted
    public <X extends Exception> List<RelativePath> forEach(Capability tree, Collection<RelativePath> paths,
            EntryVisitor<X> visitor) throws X, HistoryException, InterruptedException {
        List<RelativePath> absent = new ArrayList<>();
        for (RelativePath path : outermost(paths)) {
            if (path.isRoot()) {
                forEach(tree, visitor);
                continue;
            }
            Optional<TreeEntry> found = find(tree, path);
            boolean[] any = {false};
            if (found.isPresent()) {
                EntryVisitor<X> noting = noting(visitor, any);
                visitBranch(path, found.get(), noting);
            }
            if (!any[0]) {
                absent.add(path);
            }
        }
        return absent;
    }

    /// @param tree opens the folder's root
    /// @param path of anything but the root
    /// @return what is known of it, which may be that it was deleted; reads one object per directory on the way
    /// @throws HistoryException if a tree object cannot be had
    /// @throws InterruptedException if the thread is interrupted
    public Optional<TreeEntry> find(Capability tree, RelativePath path) throws HistoryException, InterruptedException {
        Optional<Capability> directory = Optional.of(tree);
        Optional<TreeEntry> found = Optional.empty();
        for (String name : path.text().split("/", -1)) {
            if (directory.isEmpty()) {
                return Optional.empty();
            }
            found = findName(directory.get(), name);
            directory = found.flatMap(TreeEntry::subtree);
        }
        return found;
    }

    private Optional<TreeEntry> findName(Capability directory, String name)
            throws HistoryException, InterruptedException {
        try {
            return new TreeReader<>(this::source).find(directory, name);
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        } catch (Carried e) {
            throw e.<HistoryException>rethrow();
        }
    }

    /// @param because something live below it
    /// @return what is shown for a directory that has no live entry of its own
    static Entry derived(Entry because) {
        return new Entry(EntryKind.DIRECTORY, because.fileId(), new Content.None(), 0, because.mtimeMillis(),
                DERIVED_MODE, VersionVector.empty(), because.author(), because.wallMillis(), Optional.empty());
    }

    private static List<RelativePath> outermost(Collection<RelativePath> paths) {
        return paths.stream().distinct().filter(p -> paths.stream().noneMatch(p::isBelow)).toList();
    }

    private <X extends Exception> void visitBranch(RelativePath path, TreeEntry found, EntryVisitor<X> visitor)
            throws X, HistoryException, InterruptedException {
        try {
            Walk<X> walk = new Walk<>(visitor);
            // what is above was not asked for, so it counts as shown
            Level above = new Level(path.parent().orElse(RelativePath.ROOT), Optional.empty());
            walk.entry(above, path, found);
            walk.descend(above);
        } catch (Carried e) {
            throw e.<X>rethrow();
        }
    }

    private static <X extends Exception> EntryVisitor<X> noting(EntryVisitor<X> visitor, boolean[] any) {
        return new EntryVisitor<>() {
            @Override
            public void visit(RelativePath path, Entry entry) throws X, HistoryException, InterruptedException {
                any[0] = true;
                visitor.visit(path, entry);
            }

            @Override
            public void unreadable(RelativePath directory, HistoryException why)
                    throws X, HistoryException, InterruptedException {
                any[0] = true;
                visitor.unreadable(directory, why);
            }
        };
    }

    byte[] source(ObjectType type, Capability capability) throws Carried {
        try {
            byte[] body = objects.open(type, capability);
            readAhead(body);
            return body;
        } catch (HistoryException.IndexFailed | InterruptedException e) {
            throw Carried.ending(e);
        } catch (HistoryException e) {
            throw Carried.local(e);
        }
    }

    /// The parts of a large directory are going to be opened one after the other.
    private void readAhead(byte[] tree) throws HistoryException.IndexFailed, InterruptedException {
        // {2: ...} as opposed to {1: ...}: only the former can have parts
        if (tree.length > 1 && tree[1] == 2) {
            try {
                if (TreeObject.decode(tree) instanceof TreeObject.Buckets buckets) {
                    objects.prefetch(ObjectType.TREE, buckets.children().stream().flatMap(Optional::stream).toList());
                }
            } catch (ObjectException e) {
                // the reader that asked for it finds the same
            }
        }
    }

    /// A directory on the way down. Its entry was visited, or is once something live is found below.
    private static final class Level {
        private final RelativePath path;
        /// The level above, if this one was not shown yet.
        private Optional<Level> toShowFirst;
        private boolean shown;
        private final List<Below> below = new ArrayList<>();

        Level(RelativePath path, Optional<Level> notShownIn) {
            this.path = path;
            this.toShowFirst = notShownIn;
            this.shown = notShownIn.isEmpty();
        }
    }

    /// A directory that is going to be read.
    private record Below(Level level, Capability tree) {}

    private final class Walk<X extends Exception> {
        private final EntryVisitor<X> visitor;

        Walk(EntryVisitor<X> visitor) {
            this.visitor = visitor;
        }

        void directory(Level level, Capability tree) throws Carried {
            try {
                new TreeReader<>(FolderReader.this::source).forEach(tree, e -> child(level, e));
            } catch (ObjectException e) {
                report(level.path, new HistoryException.Damaged(e));
            } catch (Carried e) {
                if (!e.isLocal() || !(e.getCause() instanceof HistoryException why)) {
                    throw e;
                }
                report(level.path, why);
            }
            descend(level);
        }

        private void child(Level level, TreeEntry entry) throws Carried {
            try {
                entry(level, level.path.resolve(entry.name()), entry);
            } catch (NameException e) {
                report(level.path, new HistoryException.Damaged("a directory too deep"));
            }
            if (level.below.size() >= AHEAD) {
                descend(level);
            }
        }

        void entry(Level level, RelativePath path, TreeEntry entry) throws Carried {
            Optional<Entry> live = entry.entry().filter(Entry::isLive);
            if (live.isPresent()) {
                show(level, live.get());
                visit(path, live.get());
            }
            boolean isShown = live.filter(e -> e.kind() == EntryKind.DIRECTORY).isPresent();
            entry.subtree().ifPresent(
                    tree -> level.below
                            .add(new Below(new Level(path, isShown ? Optional.empty() : Optional.of(level)), tree)));
        }

        void descend(Level level) throws Carried {
            List<Below> batch = List.copyOf(level.below);
            level.below.clear();
            try {
                objects.prefetch(ObjectType.TREE, batch.stream().map(Below::tree).toList());
            } catch (HistoryException.IndexFailed | InterruptedException e) {
                throw Carried.ending(e);
            }
            for (Below next : batch) {
                directory(next.level(), next.tree());
            }
        }

        private void show(Level level, Entry because) throws Carried {
            if (!level.shown) {
                level.shown = true;
                Optional<Level> above = level.toShowFirst;
                if (above.isPresent()) {
                    show(above.get(), because);
                }
                visit(level.path, derived(because));
            }
        }

        private void visit(RelativePath path, Entry entry) throws Carried {
            try {
                visitor.visit(path, entry);
            } catch (Exception e) {
                throw Carried.ending(e);
            }
        }

        private void report(RelativePath directory, HistoryException why) throws Carried {
            try {
                visitor.unreadable(directory, why);
            } catch (Exception e) {
                throw Carried.ending(e);
            }
        }
    }
}
