package org.stratobox.sync.engine;

import java.nio.ByteBuffer;

import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.PackIndex;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredCopies;
import org.stratobox.sync.transfer.Publisher;

/// Index objects for packs that none names yet, outside a pass.
final class PackPublishing {
    private PackPublishing() {}

    static void publish(Session session) throws IndexException, PackException, InterruptedException {
        SyncIndex index = session.index();
        for (PackIndex part : PackIndex.split(index.packs().unpublished())) {
            SealedObject object = session.keys().accountSealer().seal(ObjectType.PACK_INDEX, part.encode());
            StoredCopies copies = session.mesh().store().storeReplicated(Space.INDEX,
                    ByteBuffer.wrap(object.envelope()));
            index.transact(() -> {
                index.packs().markPublished(copies.name(), part.packs().stream().map(PackRecord::packId).toList());
                Publisher.addDebts(index, copies);
            });
        }
    }
}
