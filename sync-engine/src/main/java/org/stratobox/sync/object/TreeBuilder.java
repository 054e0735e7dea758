package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;

/// Turns the entries of one directory into tree objects: one leaf, or buckets by the hash of the name where a leaf would
/// be larger than 900 KiB (`format.md` 3.6). The result depends on the entries alone. Not thread-safe.
///
/// @param <X> how sealing can fail
public final class TreeBuilder<X extends Exception> {
    private final ObjectSink<X> sink;
    private final CborWriter leaf = new CborWriter(4096);

    /// @param sink seals the objects, children before parents
    public TreeBuilder(ObjectSink<X> sink) {
        this.sink = sink;
    }

    /// @param sorted the entries of a directory in [NameOrder], no name twice; may be empty, may be millions; must give
    /// the same entry for the same index each time
    /// @return what opens the directory
    /// @throws X if sealing fails
    /// @throws IllegalArgumentException if the entries are not in order
    public Capability build(List<TreeEntry> sorted) throws X {
        Optional<byte[]> whole = encodeLeaf(new Slice(sorted, new int[0], sorted.size()));
        if (whole.isPresent()) {
            return sink.seal(ObjectType.TREE, whole.get());
        }
        requireOrder(sorted);
        return split(new Slice(sorted, new int[0], sorted.size()), prefixes(sorted), 0);
    }

    /// Some entries of a directory, in its order: those at the given places, or all if there are none given.
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class, never compared
    private record Slice(List<TreeEntry> all, int[] places, int size) {
        int place(int i) {
            return places.length == 0 ? i : places[i];
        }

        TreeEntry entry(int i) {
            return all.get(place(i));
        }
    }

    private Capability build(Slice slice, long[] prefixes, int level) throws X {
        Optional<byte[]> body = encodeLeaf(slice);
        return body.isPresent() ? sink.seal(ObjectType.TREE, body.get()) : split(slice, prefixes, level);
    }

    private Capability split(Slice slice, long[] prefixes, int level) throws X {
        if (level > TreeObject.MAX_LEVEL) {
            throw new IllegalArgumentException("entries too large for one directory");
        }
        List<Optional<Capability>> children = new ArrayList<>(TreeObject.FAN_OUT);
        for (int[] places : partition(slice, prefixes, level)) {
            children.add(places.length == 0
                    ? Optional.empty()
                    : Optional.of(build(new Slice(slice.all(), places, places.length), prefixes, level + 1)));
        }
        return sink.seal(ObjectType.TREE, new TreeObject.Buckets(level, children).encode());
    }

    private static int[][] partition(Slice slice, long[] prefixes, int level) {
        int[] counts = new int[TreeObject.FAN_OUT];
        for (int i = 0; i < slice.size(); i++) {
            counts[NameHash.bucket(prefixes[slice.place(i)], level)]++;
        }
        int[][] out = new int[TreeObject.FAN_OUT][];
        Arrays.setAll(out, bucket -> new int[counts[bucket]]);
        Arrays.fill(counts, 0);
        for (int i = 0; i < slice.size(); i++) {
            int bucket = NameHash.bucket(prefixes[slice.place(i)], level);
            out[bucket][counts[bucket]++] = slice.place(i);
        }
        return out;
    }

    /// @return the body, or empty as soon as it is certain to be too large
    private Optional<byte[]> encodeLeaf(Slice slice) {
        leaf.clear();
        TreeObject.Leaf.writeStart(leaf, slice.size());
        String previous = "";
        for (int i = 0; i < slice.size(); i++) {
            TreeEntry entry = slice.entry(i);
            if (i > 0 && NameOrder.compareNames(previous, entry.name()) >= 0) {
                throw new IllegalArgumentException("entries out of order");
            }
            previous = entry.name();
            TreeEntryCodec.write(leaf, entry);
            if (leaf.size() > TreeObject.MAX_LEAF_BYTES) {
                return Optional.empty();
            }
        }
        return Optional.of(leaf.toByteArray());
    }

    private static void requireOrder(List<TreeEntry> sorted) {
        String previous = "";
        for (TreeEntry entry : sorted) {
            if (NameOrder.compareNames(previous, entry.name()) >= 0) {
                throw new IllegalArgumentException("entries out of order");
            }
            previous = entry.name();
        }
    }

    private static long[] prefixes(List<TreeEntry> sorted) {
        long[] prefixes = new long[sorted.size()];
        int i = 0;
        for (TreeEntry entry : sorted) {
            prefixes[i++] = NameHash.prefix(entry.name());
        }
        return prefixes;
    }
}
