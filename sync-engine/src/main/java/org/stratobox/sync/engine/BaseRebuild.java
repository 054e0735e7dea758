package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.VersionVector;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeReader;

/// Makes the entries of a lost index again from this device's own newest commit. They carry no evidence, so the next scan
/// reads every file once; what it finds unchanged keeps its version, and nothing is sent again (`sync.md` 5).
final class BaseRebuild {
    private static final int BATCH = 2000;
    private static final Entry PLACEHOLDER = new Entry(EntryKind.TOMBSTONE, new FileId(new Id16(0, 0)),
            new Content.None(), 0, 0, 0, VersionVector.empty(), new DeviceId(new Id16(0, 0)), 0, Optional.empty());

    private final SyncIndex index;
    private final ObjectReader objects;
    private final DeviceKeys keys;
    private long counter;

    BaseRebuild(SyncIndex index, ObjectReader objects, DeviceKeys keys) {
        this.index = index;
        this.objects = objects;
        this.keys = keys;
    }

    void from(Head head) throws IndexException, HistoryException, InterruptedException {
        try {
            Commit commit = Commit.decode(objects.open(ObjectType.COMMIT, head.commit()));
            SortedMap<FolderId, Capability> trees = new TreeMap<>();
            for (var folder : commit.folders().entrySet()) {
                folder(folder.getKey(), folder.getValue());
                trees.put(folder.getKey(), folder.getValue().tree());
            }
            index.set(SyncPass.PUBLISHED, SyncPass.published(trees));
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        }
        Authoring.raise(index, counter);
    }

    private void folder(FolderId folder, FolderRoot root)
            throws IndexException, HistoryException, ObjectException, InterruptedException {
        long row = index.entries().root(folder);
        directory(row, root.tree());
        index.entries().setSubtree(row, root.tree());
    }

    /// Rows of the children first, then what is below them, then the trees: a directory is clean only when all of it is in.
    private void directory(long row, Capability tree)
            throws IndexException, HistoryException, ObjectException, InterruptedException {
        List<TreeEntry> children = children(tree);
        List<Long> rows = new ArrayList<>(children.size());
        for (int from = 0; from < children.size(); from += BATCH) {
            List<TreeEntry> part = children.subList(from, Math.min(children.size(), from + BATCH));
            index.transact(() -> {
                for (TreeEntry child : part) {
                    rows.add(put(row, child));
                }
            });
        }
        for (int i = 0; i < children.size(); i++) {
            Optional<Capability> below = children.get(i).subtree();
            if (below.isPresent()) {
                directory(rows.get(i), below.get());
                index.entries().setSubtree(rows.get(i), below.get());
            }
        }
    }

    private long put(long directory, TreeEntry child) throws IndexException {
        Entry entry = child.entry().orElse(PLACEHOLDER);
        counter = Math.max(counter, entry.version().get(keys.device()));
        return index.entries().put(directory, TreeEntry.of(child.name(), entry), Evidence.ABSENT);
    }

    private List<TreeEntry> children(Capability tree) throws HistoryException, ObjectException, InterruptedException {
        List<TreeEntry> children = new ArrayList<>();
        try {
            new TreeReader<Carrier>((type, capability) -> {
                try {
                    return objects.open(type, capability);
                } catch (HistoryException | InterruptedException e) {
                    throw new Carrier(e);
                }
            }).forEach(tree, children::add);
        } catch (Carrier e) {
            switch (e.getCause()) {
                case HistoryException h -> throw h;
                case InterruptedException i -> throw i;
                case null, default -> throw new IllegalStateException("an unexpected failure", e);
            }
        }
        return children;
    }

    /// Two checked exceptions through a callback that may throw one.
    private static final class Carrier extends Exception {
        private static final long serialVersionUID = 1L;

        Carrier(Exception cause) {
            super(cause);
        }
    }
}
