package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.pack.coding.ReedSolomon;
import org.stratobox.sync.pack.coding.Region;
import org.stratobox.sync.pack.coding.ShareLayout.Segment;
import org.stratobox.sync.task.Tasks;

/// The sure way to read a pack: whole shares, each checked against its name, so that wrong bytes are named with the node
/// that gave them. Keeps what it read: up to k shares and those it was told to trace. Used once, by one thread.
final class VerifiedRead {
    private final ShareReader reader;
    private final Executor io;
    private final NavigableMap<Integer, byte[]> good = new TreeMap<>();
    private final Set<Integer> useless = new HashSet<>();

    /// @param without shares not to be asked for
    VerifiedRead(ShareReader reader, Executor io, Set<Integer> without) {
        this.reader = reader;
        this.io = io;
        this.useless.addAll(without);
    }

    /// Finds out which nodes gave wrong bytes: whole shares tell, also when a node gives right bytes this time.
    void trace(Collection<Piece> pieces) throws InterruptedException {
        load(pieces.stream().map(Piece::share).distinct().toList());
        for (Piece piece : pieces) {
            byte[] share = good.get(piece.share());
            if (share != null && !piece.isPartOf(share)) {
                reader.accuse(piece);
            }
        }
    }

    /// @return those bytes of the pack, as right as the names of the shares
    byte[] read(MeshStore.Range range) throws PackException.Unreadable, InterruptedException {
        List<Segment> segments = reader.pack().layout().segments(range.offset(), range.length());
        load(segments.stream().map(Segment::share).distinct().toList());
        if (!segments.stream().allMatch(s -> good.containsKey(s.share()))) {
            loadEnough();
        }
        byte[] out = new byte[range.length()];
        int at = 0;
        for (Segment segment : segments) {
            copy(segment, out, at);
            at += segment.length();
        }
        return out;
    }

    /// @return these shares, whole; they fit their names
    /// @throws PackException.Malformed if right shares give others than the record names
    Map<Integer, byte[]> shares(Collection<Integer> wanted)
            throws PackException.Unreadable, PackException.Malformed, InterruptedException {
        load(wanted);
        Map<Integer, byte[]> out = new HashMap<>();
        Map<Integer, Region> made = new HashMap<>();
        for (int share : wanted) {
            byte[] bytes = good.get(share);
            if (bytes == null) {
                bytes = new byte[reader.pack().layout().shareLength()];
                made.put(share, Region.of(bytes));
            }
            out.put(share, bytes);
        }
        if (!made.isEmpty()) {
            loadEnough();
            make(made, reader.pack().layout().shareLength(), 0);
            for (Map.Entry<Integer, Region> share : made.entrySet()) {
                ObjectName name = ObjectName.of(share.getValue().array());
                if (!reader.pack().name(share.getKey()).equals(Optional.of(name))) {
                    throw new PackException.Malformed("right shares do not make the share of this record");
                }
            }
        }
        return out;
    }

    private void copy(Segment segment, byte[] out, int at) {
        byte[] share = good.get(segment.share());
        if (share != null) {
            System.arraycopy(share, segment.offset(), out, at, segment.length());
        } else {
            make(Map.of(segment.share(), new Region(out, at)), segment.length(), segment.offset());
        }
    }

    private void make(Map<Integer, Region> wanted, int length, int offset) {
        NavigableMap<Integer, Region> present = new TreeMap<>();
        good.forEach((share, bytes) -> present.put(share, new Region(bytes, offset)));
        new ReedSolomon(reader.pack().profile()).make(present, wanted, length);
    }

    private void loadEnough() throws PackException.Unreadable, InterruptedException {
        int k = reader.pack().profile().k();
        List<Integer> order = reader.pack().byReadiness();
        while (good.size() < k) {
            List<Integer> batch = order.stream().filter(i -> !good.containsKey(i) && !useless.contains(i))
                    .limit(k - good.size()).toList();
            if (batch.isEmpty()) {
                throw reader.unreadable();
            }
            load(batch);
        }
    }

    private void load(Collection<Integer> shares) throws InterruptedException {
        List<Integer> missing = shares.stream().filter(i -> !good.containsKey(i) && !useless.contains(i)).toList();
        List<Tasks.Job<Optional<byte[]>, RuntimeException>> jobs = new ArrayList<>();
        missing.forEach(share -> jobs.add(() -> reader.whole(share)));
        List<Optional<byte[]>> answers = Tasks.all(io, jobs);
        for (int i = 0; i < missing.size(); i++) {
            int share = missing.get(i);
            // a share that fits a name but has another length would come from a wrong record
            Optional<byte[]> fit = answers.get(i).filter(b -> b.length == reader.pack().layout().shareLength());
            fit.ifPresentOrElse(bytes -> good.put(share, bytes), () -> useless.add(share));
        }
    }
}
