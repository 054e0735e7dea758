package org.stratobox.sync.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.Location;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.PackException;

/// Reads many sealed objects with few requests: looks up where they are, groups them by pack and offset, and reads them in
/// slices of a few MiB. One that cannot be had does not keep the others of its slice. Thread-safe; whoever calls bounds how
/// many slices are read at once.
public final class EnvelopeReader {
    /// Most bytes of a slice, gaps between its objects included; reading one takes about twice that.
    public static final int SLICE_BYTES = 4 << 20;

    private final SyncIndex index;
    private final MeshStore mesh;

    /// @param index knows where objects are
    /// @param mesh gives them
    public EnvelopeReader(SyncIndex index, MeshStore mesh) {
        this.index = index;
        this.mesh = mesh;
    }

    /// Objects that lie near each other in one pack.
    ///
    /// @param pack where they are
    /// @param items which, by offset
    public record Slice(PackRecord pack, List<PackItem> items) {
        /// @return bytes of the objects
        public long bytes() {
            return items.stream().mapToLong(PackItem::length).sum();
        }
    }

    /// What has to be read for a set of objects.
    ///
    /// @param slices to be read, in any order
    /// @param unknown objects no pack is known to hold
    public record Plan(List<Slice> slices, List<Cid> unknown) {}

    /// Takes what was read.
    ///
    /// @param <X> how taking it may fail
    public interface Receiver<X extends Exception> {
        /// @param item which object
        /// @param envelope its bytes; they fit the content id
        /// @throws X to stop
        /// @throws InterruptedException if the thread is interrupted
        void envelope(PackItem item, byte[] envelope) throws X, InterruptedException;

        /// @param item which object
        /// @param why it could not be had
        /// @throws X to stop
        void failed(PackItem item, HistoryException why) throws X;
    }

    /// @param objects content ids, repetitions allowed
    /// @return how to read them
    /// @throws HistoryException.IndexFailed if the index cannot be used
    public Plan plan(Collection<Cid> objects) throws HistoryException.IndexFailed {
        Map<Digest256, List<PackItem>> byPack = new LinkedHashMap<>();
        List<Cid> unknown = new ArrayList<>();
        List<Slice> slices = new ArrayList<>();
        try {
            for (Cid cid : new LinkedHashSet<>(objects)) {
                Optional<Location> at = index.packs().find(cid);
                at.ifPresentOrElse(l -> byPack.computeIfAbsent(l.packId(), _ -> new ArrayList<>())
                        .add(new PackItem(l.type(), cid, l.offset(), l.length())), () -> unknown.add(cid));
            }
            for (Map.Entry<Digest256, List<PackItem>> pack : byPack.entrySet()) {
                Optional<PackRecord> record = index.packs().pack(pack.getKey());
                record.ifPresentOrElse(r -> slice(r, pack.getValue(), slices),
                        () -> pack.getValue().forEach(item -> unknown.add(item.cid())));
            }
        } catch (IndexException e) {
            throw new HistoryException.IndexFailed(e);
        }
        return new Plan(slices, unknown);
    }

    private static void slice(PackRecord pack, List<PackItem> items, List<Slice> out) {
        items.sort(Comparator.comparingInt(PackItem::offset));
        int from = 0;
        for (int i = 1; i <= items.size(); i++) {
            boolean full = i == items.size()
                    || items.get(i).offset() + items.get(i).length() - items.get(from).offset() > SLICE_BYTES;
            if (full) {
                out.add(new Slice(pack, List.copyOf(items.subList(from, i))));
                from = i;
            }
        }
    }

    /// Reads a slice; each of its objects reaches the receiver exactly once, in this thread.
    ///
    /// @param slice what to read
    /// @param receiver takes the objects
    /// @param <X> how the receiver may fail
    /// @throws X as the receiver does
    /// @throws InterruptedException if the thread is interrupted
    public <X extends Exception> void read(Slice slice, Receiver<X> receiver) throws X, InterruptedException {
        List<byte[]> envelopes;
        try {
            envelopes = mesh.readEnvelopes(slice.pack(), slice.items());
        } catch (PackException e) {
            readEach(slice, e, receiver);
            return;
        }
        for (int i = 0; i < envelopes.size(); i++) {
            receiver.envelope(slice.items().get(i), envelopes.get(i));
        }
    }

    /// No copy of what holds them is sound as a whole. The damage may be elsewhere than these objects.
    private <X extends Exception> void readEach(Slice slice, PackException whole, Receiver<X> receiver)
            throws X, InterruptedException {
        for (PackItem item : slice.items()) {
            Optional<byte[]> envelope = readAlone(slice.pack(), item);
            if (envelope.isPresent()) {
                receiver.envelope(item, envelope.get());
            } else {
                receiver.failed(item, new HistoryException.Unreadable(whole));
            }
        }
    }

    private Optional<byte[]> readAlone(PackRecord pack, PackItem item) throws InterruptedException {
        try {
            byte[] envelope = mesh.read(pack, new MeshStore.Range(item.offset(), item.length()));
            return Cid.ofEnvelope(envelope).equals(item.cid()) ? Optional.of(envelope) : Optional.empty();
        } catch (PackException.Unreadable e) {
            return Optional.empty();
        }
    }
}
