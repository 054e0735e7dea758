package org.stratobox.sync.merge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.history.EntryVisitor;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.history.TreeChanges;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// Takes what another device published of a folder into the state here. Only what changed since that device was merged last
/// is read; what cannot be read is no statement about anything, so then nothing counts as merged and it is tried again.
public final class RemoteMerge {
    /// Entries joined in one transaction; bounds the memory of a first contact.
    private static final int BATCH = 20_000;

    private final SyncIndex index;
    private final ObjectReader objects;

    /// @param index of this device
    /// @param objects opens what other devices published
    public RemoteMerge(SyncIndex index, ObjectReader objects) {
        this.index = index;
        this.objects = objects;
    }

    /// @param device another device
    /// @param folder a folder that is synced here
    /// @param tree of its newest mergeable head
    /// @param state of the folder
    /// @return how many entries of the state changed
    /// @throws HistoryException if a part of the tree cannot be had; what was taken stays, the rest is tried again
    /// @throws IndexException if the index cannot be used
    /// @throws InterruptedException if the thread is interrupted
    public int merge(DeviceId device, FolderId folder, Capability tree, StateTable state)
            throws HistoryException, IndexException, InterruptedException {
        Optional<Capability> before = index.merged().merged(device, folder);
        if (before.filter(b -> b.cid().equals(tree.cid())).isPresent()) {
            return 0;
        }
        // what this device publishes itself is in the state as well
        Optional<Capability> known = before.isPresent()
                ? before
                : index.entries().subtree(index.entries().root(folder));
        Taking taking = new Taking(state);
        new TreeChanges(objects).forEach(known, tree, taking);
        taking.flush();
        index.transact(() -> index.merged().setMerged(device, folder, tree));
        return taking.changed;
    }

    private final class Taking implements EntryVisitor<IndexException> {
        private final StateTable state;
        private final Map<RelativePath, Entry> waiting = new HashMap<>();
        private int changed;

        Taking(StateTable state) {
            this.state = state;
        }

        @Override
        public void visit(RelativePath path, Entry entry) throws IndexException {
            waiting.put(path, entry);
            if (waiting.size() >= BATCH) {
                flush();
            }
        }

        @Override
        public void unreadable(RelativePath directory, HistoryException why) throws HistoryException {
            throw why;
        }

        void flush() throws IndexException {
            index.transact(() -> changed += state.merge(waiting));
            waiting.clear();
        }
    }
}
