package org.stratobox.sync.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.ObjectException;

/// What other devices published and this one has not merged yet.
final class Mergeable {
    private static final String MERGED = "merged-head:";

    private final DeviceKeys keys;
    private final SyncIndex index;
    private final ObjectReader objects;
    private final byte[] folders;

    /// @param folders synced here: what was merged without one of them does not count for it
    Mergeable(DeviceKeys keys, SyncIndex index, ObjectReader objects, Collection<FolderId> folders) {
        this.keys = keys;
        this.index = index;
        this.objects = objects;
        SortedSet<FolderId> sorted = new TreeSet<>(folders);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        sorted.forEach(folder -> all.writeBytes(folder.bytes()));
        this.folders = all.toByteArray();
    }

    /// What a device published last.
    ///
    /// @param device who spoke
    /// @param head that says so
    /// @param commit it names
    record Published(DeviceId device, Head head, Commit commit) {}

    /// What could be found out: heads to merge, and how many of them cannot be read now.
    ///
    /// @param toMerge in the order of devices
    /// @param unreadable devices whose newest state waits
    record Found(List<Published> toMerge, int unreadable) {}

    /// @param heads that may be merged
    Found of(Map<DeviceId, Head> heads) throws IndexException, InterruptedException {
        List<Published> found = new ArrayList<>();
        int unreadable = 0;
        for (Map.Entry<DeviceId, Head> head : new TreeMap<>(heads).entrySet()) {
            if (head.getKey().equals(keys.device()) || isMerged(head.getKey(), head.getValue())) {
                continue;
            }
            Optional<Commit> commit = commit(head.getValue());
            commit.ifPresent(c -> found.add(new Published(head.getKey(), head.getValue(), c)));
            unreadable += commit.isPresent() ? 0 : 1;
        }
        return new Found(found, unreadable);
    }

    private boolean isMerged(DeviceId device, Head head) throws IndexException {
        return index.get(MERGED + device).filter(mark -> Arrays.equals(mark, mark(head.hash()))).isPresent();
    }

    private Optional<Commit> commit(Head head) throws IndexException, InterruptedException {
        try {
            return Optional.of(Commit.decode(objects.open(ObjectType.COMMIT, head.commit())));
        } catch (HistoryException.IndexFailed e) {
            throw e.index();
        } catch (ObjectException | HistoryException e) {
            // a head may arrive before its packs: it says nothing until it can be read
            return Optional.empty();
        }
    }

    /// @param heads the newest known one of each device
    /// @return how many of other devices are not merged
    long unmerged(Collection<KnownHead> heads) throws IndexException {
        long count = 0;
        for (KnownHead head : heads) {
            boolean merged = head.device().equals(keys.device()) || index.get(MERGED + head.device())
                    .filter(mark -> Arrays.equals(mark, mark(head.hash()))).isPresent();
            count += merged ? 0 : 1;
        }
        return count;
    }

    /// All of it is in the state now.
    void merged(Published published) throws IndexException {
        index.set(MERGED + published.device(), mark(published.head().hash()));
    }

    private byte[] mark(Digest256 head) {
        return Sha256.of(head.bytes(), folders).bytes();
    }
}
