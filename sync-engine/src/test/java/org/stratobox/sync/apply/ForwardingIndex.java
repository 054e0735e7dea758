package org.stratobox.sync.apply;

import java.util.Optional;

import org.stratobox.sync.index.CollectorTable;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.HeadTable;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IntentTable;
import org.stratobox.sync.index.MergedTable;
import org.stratobox.sync.index.PackIndexTable;
import org.stratobox.sync.index.ProofTable;
import org.stratobox.sync.index.SelectionTable;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.TrashTable;
import org.stratobox.sync.index.TrustTable;

/// An index in front of another. Every transaction passes [#before].
class ForwardingIndex implements SyncIndex {
    private final SyncIndex index;

    ForwardingIndex(SyncIndex index) {
        this.index = index;
    }

    void before() {
        // a test's own
    }

    @Override
    public ProofTable proofs() {
        return index.proofs();
    }

    @Override
    public SelectionTable selection() {
        return index.selection();
    }

    @Override
    public void transact(Work work) throws IndexException {
        before();
        index.transact(work);
    }

    @Override
    public void transactDurably(Work work) throws IndexException {
        before();
        index.transactDurably(work);
    }

    @Override
    public CollectorTable collector() {
        return index.collector();
    }

    @Override
    public TrustTable trust() {
        return index.trust();
    }

    @Override
    public EntryIndex entries() {
        return index.entries();
    }

    @Override
    public PackIndexTable packs() {
        return index.packs();
    }

    @Override
    public MergedTable merged() {
        return index.merged();
    }

    @Override
    public IntentTable intents() {
        return index.intents();
    }

    @Override
    public TrashTable trash() {
        return index.trash();
    }

    @Override
    public org.stratobox.sync.index.PassTable passes() {
        return index.passes();
    }

    @Override
    public HeadTable heads() {
        return index.heads();
    }

    @Override
    public Optional<byte[]> get(String key) throws IndexException {
        return index.get(key);
    }

    @Override
    public void set(String key, byte[] value) throws IndexException {
        index.set(key, value);
    }

    @Override
    public void setDurably(String key, byte[] value) throws IndexException {
        index.setDurably(key, value);
    }

    @Override
    public boolean isSound() throws IndexException {
        return index.isSound();
    }

    @Override
    public void close() {
        index.close();
    }
}
