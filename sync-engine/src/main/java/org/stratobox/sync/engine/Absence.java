package org.stratobox.sync.engine;

import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;

/// After a long absence: files whose content is not surely on the nodes any more lose their evidence, so that the next scan
/// reads and uploads them again; all trees are sealed again, which sends those that are missing.
final class Absence {
    private static final long CACHE_BYTES = 8L << 20;

    private final SyncIndex index;
    private final Session session;
    private final ObjectReader objects;

    Absence(Session session) {
        this.session = session;
        index = session.index();
        objects = new ObjectReader(index, session.mesh().store(), session.parts().tasks(), CACHE_BYTES);
    }

    void lookAgain() throws IndexException, StratoboxException, InterruptedException {
        for (FolderId folder : session.syncedFolders()) {
            directory(index.entries().root(folder));
        }
        index.entries().markAllDirty();
    }

    private void directory(long row) throws IndexException, InterruptedException {
        EntryIndex entries = index.entries();
        for (Row child : List.copyOf(entries.children(row).values())) {
            Optional<Entry> entry = entries.known(child.id()).base();
            if (entry.isPresent() && isUnsure(entry.get())) {
                entries.touch(child.id(), Evidence.ABSENT);
            }
            directory(child.id());
        }
    }

    private boolean isUnsure(Entry entry) throws IndexException, InterruptedException {
        return switch (entry.content()) {
            case Content.Chunk chunk -> isUnsure(chunk.capability().cid());
            case Content.Manifest manifest -> isUnsure(manifest.capability().cid()) || !hasChunks(entry);
            default -> false;
        };
    }

    private boolean isUnsure(Cid cid) throws IndexException {
        return index.packs().find(cid).isEmpty() || index.collector().isCandidate(cid);
    }

    private boolean hasChunks(Entry entry) throws IndexException, InterruptedException {
        try {
            new FileChunks(objects).<HistoryException>forEach(entry, (_, chunk) -> {
                try {
                    if (isUnsure(chunk.cap().cid())) {
                        throw new HistoryException.Unknown();
                    }
                } catch (IndexException e) {
                    throw new HistoryException.IndexFailed(e);
                }
            });
            return true;
        } catch (HistoryException.IndexFailed e) {
            if (e.getCause() instanceof IndexException cause) {
                throw cause;
            }
            throw new IllegalStateException("an index failure without its cause", e);
        } catch (HistoryException e) {
            return false;
        }
    }
}
