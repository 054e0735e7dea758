package org.stratobox.sync.history;

import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeReader;

/// Reads what differs between two trees of a folder, tombstones included. Parts with the same content id are not opened, so
/// the work is that of the difference. Thread-safe; calls block.
public final class TreeChanges {
    private final FolderReader folders;

    /// @param objects opens the tree objects
    public TreeChanges(ObjectReader objects) {
        folders = new FolderReader(objects);
    }

    /// @param before what is known already, if anything
    /// @param after the other tree
    /// @param visitor takes every entry of the second tree that the first has not, or has otherwise; a directory before what
    ///        is in it
    /// @param <X> how the visitor may fail
    /// @throws X as the visitor does
    /// @throws HistoryException if a tree object cannot be had and the visitor does not go on
    /// @throws InterruptedException if the thread is interrupted
    public <X extends Exception> void forEach(Optional<Capability> before, Capability after, EntryVisitor<X> visitor)
            throws X, HistoryException, InterruptedException {
        try {
            new Walk<>(visitor).directory(RelativePath.ROOT, before, Optional.of(after));
        } catch (Carried e) {
            throw e.<X>rethrow();
        }
    }

    private final class Walk<X extends Exception> {
        private final EntryVisitor<X> visitor;
        private final TreeReader<Carried> reader = new TreeReader<>(folders::source);

        Walk(EntryVisitor<X> visitor) {
            this.visitor = visitor;
        }

        void directory(RelativePath directory, Optional<Capability> before, Optional<Capability> after)
                throws Carried {
            try {
                reader.forEachDifference(before, after, (was, is) -> {
                    if (is.isPresent()) {
                        child(directory, was, is.get());
                    }
                });
            } catch (ObjectException e) {
                unreadable(directory, new HistoryException.Damaged(e));
            } catch (Carried e) {
                if (!e.isLocal() || !(e.getCause() instanceof HistoryException why)) {
                    throw e;
                }
                unreadable(directory, why);
            }
        }

        private void child(RelativePath directory, Optional<TreeEntry> was, TreeEntry is) throws Carried {
            RelativePath path;
            try {
                path = directory.resolve(is.name());
            } catch (NameException e) {
                unreadable(directory, new HistoryException.Damaged("a directory too deep"));
                return;
            }
            if (is.entry().isPresent() && !is.entry().equals(was.flatMap(TreeEntry::entry))) {
                carrying(() -> visitor.visit(path, is.entry().get()));
            }
            if (is.subtree().isPresent()) {
                directory(path, was.flatMap(TreeEntry::subtree), is.subtree());
            }
        }

        private void unreadable(RelativePath directory, HistoryException why) throws Carried {
            carrying(() -> visitor.unreadable(directory, why));
        }

        private void carrying(Call call) throws Carried {
            try {
                call.run();
            } catch (Exception e) {
                throw Carried.ending(e);
            }
        }
    }

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }
}
