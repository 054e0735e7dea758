package org.stratobox.sync.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.PackIndex;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.TreeBuilder;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.pack.Debt;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredCopies;

/// From recorded entries to something another device can find: tree objects bottom-up, then pack indexes. Commit and head
/// are the caller's, between and after these steps.
public final class Publisher {
    private static final String TREES_UNSAFE = "trees-unsafe";

    private final SyncIndex index;
    private final MeshStore store;
    private final Upload upload;
    private final Sealer accountSealer;

    /// @param index what is known
    /// @param store where pack indexes go
    /// @param upload takes tree objects
    /// @param accountSealer of the account scope
    public Publisher(SyncIndex index, MeshStore store, Upload upload, Sealer accountSealer) {
        this.index = index;
        this.store = store;
        this.upload = upload;
        this.accountSealer = accountSealer;
    }

    /// Must come before the first [#sealTree] of a pass. If the last pass died between sealing trees and storing them, all
    /// trees are sealed again; what is stored already is not sent again.
    ///
    /// @throws TransferException if the index fails
    public void begin() throws TransferException {
        try {
            index.transact(() -> {
                if (index.get(TREES_UNSAFE).filter(flag -> flag[0] == 1).isPresent()) {
                    index.entries().markAllDirty();
                }
                index.set(TREES_UNSAFE, new byte[]{1});
            });
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    /// Seals the trees of a folder that changed. They are on their way when this returns, not stored.
    ///
    /// @param root row of the folder's root
    /// @param sealer of the folder's scope
    /// @return what opens the root directory
    /// @throws TransferException if the pass has failed
    /// @throws InterruptedException if the thread is interrupted
    public Capability sealTree(long root, Sealer sealer) throws TransferException, InterruptedException {
        try {
            EntryIndex entries = index.entries();
            Optional<Capability> clean = entries.subtree(root);
            if (clean.isPresent()) {
                return clean.get();
            }
            for (long child : entries.dirtyChildren(root)) {
                sealTree(child, sealer);
            }
            List<TreeEntry> children = entries.loadChildren(root);
            TreeBuilder<TransferOrInterrupt> builder = new TreeBuilder<>((type, body) -> seal(sealer, type, body));
            Capability tree = builder.build(children);
            entries.setSubtree(root, tree);
            return tree;
        } catch (IndexException e) {
            throw new TransferException(e);
        } catch (TransferOrInterrupt e) {
            throw e.rethrow();
        }
    }

    private Capability seal(Sealer sealer, ObjectType type, byte[] body) throws TransferOrInterrupt {
        try {
            SealedObject object = upload.unlessCollected(sealer.seal(type, body),
                    () -> sealer.sealWithRandomSalt(type, body));
            upload.add(type, object, Optional.empty());
            return object.capability();
        } catch (TransferException | InterruptedException e) {
            throw new TransferOrInterrupt(e);
        }
    }

    /// Seals an object of the account, such as a commit, and sends it with the trees.
    ///
    /// @param type of the object
    /// @param body encoded
    /// @return what opens it
    /// @throws TransferException if the pass has failed
    /// @throws InterruptedException if the thread is interrupted
    public Capability sendAccountObject(ObjectType type, byte[] body) throws TransferException, InterruptedException {
        SealedObject object = accountSealer.seal(type, body);
        upload.add(type, object, Optional.empty());
        return object.capability();
    }

    /// Waits until trees and commit are stored.
    ///
    /// @throws TransferException if they could not be
    /// @throws InterruptedException if the thread is interrupted
    public void treesStored() throws TransferException, InterruptedException {
        upload.flush();
        try {
            index.set(TREES_UNSAFE, new byte[]{0});
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    /// Stores index objects for all packs that none names yet.
    ///
    /// @throws TransferException if they could not be stored
    /// @throws InterruptedException if the thread is interrupted
    public void publishPacks() throws TransferException, InterruptedException {
        try {
            List<PackRecord> packs = index.packs().unpublished();
            for (PackIndex part : PackIndex.split(packs)) {
                SealedObject object = accountSealer.seal(ObjectType.PACK_INDEX, part.encode());
                StoredCopies copies = store.storeReplicated(Space.INDEX, ByteBuffer.wrap(object.envelope()));
                index.transact(() -> {
                    index.packs().markPublished(copies.name(), part.packs().stream().map(PackRecord::packId).toList());
                    addDebts(index, copies);
                });
            }
        } catch (IndexException e) {
            throw new TransferException(e);
        } catch (PackException e) {
            throw new TransferException(e);
        }
    }

    /// @param index to remember them in, inside a transaction
    /// @param copies what was stored with what is owed
    /// @throws IndexException if they could not be remembered
    public static void addDebts(SyncIndex index, StoredCopies copies) throws IndexException {
        for (Debt.OfCopy debt : new ArrayList<>(copies.debts())) {
            index.packs().addCopyDebt(new CopyDebt(debt.space().directory(), debt.name(), debt.node()));
        }
    }
}
