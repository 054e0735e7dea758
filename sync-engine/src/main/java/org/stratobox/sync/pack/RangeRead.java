package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import org.stratobox.sync.pack.coding.ReedSolomon;
import org.stratobox.sync.pack.coding.Region;
import org.stratobox.sync.pack.coding.ShareLayout.Segment;
import org.stratobox.sync.task.Tasks;

/// The quick way to read a byte range of a pack: one ranged request per data share touched; where a share cannot be had, the
/// same range of k others is read and decoded. Nothing is checked; what each node gave is remembered, so that a liar can be
/// found afterwards. Used once.
final class RangeRead {
    private final ShareReader reader;
    private final Executor io;
    /// Synchronized list.
    private final List<Piece> pieces = Collections.synchronizedList(new ArrayList<>());

    RangeRead(ShareReader reader, Executor io) {
        this.reader = reader;
        this.io = io;
    }

    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    byte[] read(MeshStore.Range range) throws PackException.Unreadable, InterruptedException {
        List<Segment> segments = reader.pack().layout().segments(range.offset(), range.length());
        if (segments.size() == 1) {
            return segment(segments.getFirst());
        }
        List<Tasks.Job<byte[], PackException.Unreadable>> jobs = new ArrayList<>();
        segments.forEach(s -> jobs.add(() -> segment(s)));
        byte[] out = new byte[range.length()];
        int at = 0;
        for (byte[] part : Tasks.all(io, jobs)) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    private byte[] segment(Segment wanted) throws PackException.Unreadable, InterruptedException {
        return reader.pack().profile().isCopies() ? anyCopy(wanted) : coded(wanted);
    }

    private byte[] anyCopy(Segment wanted) throws PackException.Unreadable, InterruptedException {
        for (int share : reader.pack().byReadiness()) {
            Optional<byte[]> bytes = piece(share, wanted);
            if (bytes.isPresent()) {
                return bytes.get();
            }
        }
        throw reader.unreadable();
    }

    private byte[] coded(Segment wanted) throws PackException.Unreadable, InterruptedException {
        PackView pack = reader.pack();
        Predicate<Integer> others = i -> i != wanted.share();
        List<Integer> order = new ArrayList<>(pack.byReadiness());
        boolean othersSuffice = order.stream().filter(others.and(pack::isReady)).count() >= pack.profile().k();
        if (pack.isReady(wanted.share()) || !othersSuffice) {
            Optional<byte[]> direct = piece(wanted.share(), wanted);
            if (direct.isPresent()) {
                return direct.get();
            }
            order.removeIf(others.negate());
        }
        return decode(wanted, gather(wanted, order));
    }

    /// Asks as many shares as are still missing, at once, until k are there.
    private NavigableMap<Integer, Region> gather(Segment wanted, List<Integer> order)
            throws PackException.Unreadable, InterruptedException {
        NavigableMap<Integer, Region> present = new TreeMap<>();
        int next = 0;
        int k = reader.pack().profile().k();
        while (present.size() < k) {
            List<Integer> batch = order.subList(next, Math.min(order.size(), next + k - present.size()));
            if (batch.isEmpty()) {
                throw reader.unreadable();
            }
            next += batch.size();
            List<Tasks.Job<Optional<byte[]>, PackException.Unreadable>> jobs = new ArrayList<>();
            batch.forEach(share -> jobs.add(() -> piece(share, wanted)));
            List<Optional<byte[]>> answers = Tasks.all(io, jobs);
            for (int i = 0; i < batch.size(); i++) {
                int share = batch.get(i);
                answers.get(i).ifPresent(bytes -> present.put(share, Region.of(bytes)));
            }
        }
        return present;
    }

    private byte[] decode(Segment wanted, NavigableMap<Integer, Region> present) {
        Region there = present.get(wanted.share());
        if (there != null) {
            return there.array();
        }
        byte[] out = new byte[wanted.length()];
        new ReedSolomon(reader.pack().profile()).make(present, Map.of(wanted.share(), Region.of(out)),
                wanted.length());
        return out;
    }

    private Optional<byte[]> piece(int share, Segment where) throws InterruptedException {
        Optional<Piece> piece = reader.range(share, where.offset(), where.length());
        piece.ifPresent(pieces::add);
        return piece.map(Piece::bytes);
    }
}
