package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Ranges that lie so near that one request for all is cheaper than one for each.
///
/// @param range from the first to the last byte
/// @param members positions of the ranges in the list asked for
record Coalesced(MeshStore.Range range, List<Integer> members) {
    /// Less than this between two ranges is read and thrown away: it costs less than another round trip.
    static final int GAP = 128 << 10;

    static List<Coalesced> of(List<MeshStore.Range> ranges) {
        List<Integer> order = IntStream.range(0, ranges.size()).boxed()
                .sorted(Comparator.comparingInt(i -> ranges.get(i).offset())).toList();
        List<Coalesced> out = new ArrayList<>();
        for (int i : order) {
            MeshStore.Range next = ranges.get(i);
            if (!out.isEmpty() && next.offset() - end(out.getLast().range()) < GAP) {
                out.getLast().members().add(i);
                out.set(out.size() - 1, new Coalesced(join(out.getLast().range(), next), out.getLast().members()));
            } else {
                out.add(new Coalesced(next, new ArrayList<>(List.of(i))));
            }
        }
        return out;
    }

    private static MeshStore.Range join(MeshStore.Range first, MeshStore.Range second) {
        int end = Math.max(end(first), end(second));
        return new MeshStore.Range(first.offset(), end - first.offset());
    }

    private static int end(MeshStore.Range range) {
        return range.offset() + range.length();
    }
}
