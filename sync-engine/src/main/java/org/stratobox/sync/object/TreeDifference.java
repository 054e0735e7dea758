package org.stratobox.sync.object;

import java.util.List;
import java.util.Optional;

/// Compares two directories part by part. Where one is split and the other is not, the names of the latter are dealt out to
/// the buckets of the former.
///
/// @param <X> how opening or visiting can fail
final class TreeDifference<X extends Exception> {
    private final TreeReader<X> reader;
    private final TreeReader.DifferenceVisitor<X> visitor;

    TreeDifference(TreeReader<X> reader, TreeReader.DifferenceVisitor<X> visitor) {
        this.reader = reader;
        this.visitor = visitor;
    }

    /// One side: an object not yet opened, an opened split one, or names in memory.
    sealed interface Half {}

    record Closed(TreeReader.Part part) implements Half {}

    record Split(TreeReader.Part part, TreeObject.Buckets buckets) implements Half {}

    record Names(List<TreeEntry> sorted) implements Half {}

    void compare(Half before, Half after, int level) throws X, ObjectException {
        if (before instanceof Closed a && after instanceof Closed b
                && a.part().capability().cid().equals(b.part().capability().cid())) {
            return;
        }
        Half a = open(before);
        Half b = open(after);
        if (a instanceof Names x && b instanceof Names y) {
            compareNames(x.sorted(), y.sorted());
            return;
        }
        for (int bucket = 0; bucket < TreeObject.FAN_OUT; bucket++) {
            compare(child(a, level, bucket), child(b, level, bucket), level + 1);
        }
    }

    private Half open(Half half) throws X, ObjectException {
        if (!(half instanceof Closed closed)) {
            return half;
        }
        return switch (reader.open(closed.part())) {
            case TreeObject.Leaf leaf -> new Names(leaf.entries());
            case TreeObject.Buckets buckets -> new Split(closed.part(), buckets);
        };
    }

    private static Half child(Half half, int level, int bucket) {
        return switch (half) {
            case Closed closed -> throw new IllegalStateException("not opened");
            case Split split -> closed(split.part().child(split.buckets(), bucket));
            case Names names -> new Names(names.sorted().stream()
                    .filter(entry -> NameHash.bucket(NameHash.prefix(entry.name()), level) == bucket).toList());
        };
    }

    private static Half closed(Optional<TreeReader.Part> part) {
        return part.isPresent() ? new Closed(part.get()) : new Names(List.of());
    }

    private void compareNames(List<TreeEntry> before, List<TreeEntry> after) throws X {
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            int order = i == before.size()
                    ? 1
                    : j == after.size() ? -1 : NameOrder.compareNames(before.get(i).name(), after.get(j).name());
            Optional<TreeEntry> a = order <= 0 ? Optional.of(before.get(i++)) : Optional.empty();
            Optional<TreeEntry> b = order >= 0 ? Optional.of(after.get(j++)) : Optional.empty();
            if (!a.equals(b)) {
                visitor.visit(a, b);
            }
        }
    }
}
