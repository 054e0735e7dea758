package org.stratobox.sync.object;

import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.object.ObjectException.Reason;

/// Walks the entries of one directory, whatever objects it consists of. Holds at most one object per level. Not thread-safe.
///
/// @param <X> how opening can fail
public final class TreeReader<X extends Exception> {
    private final ObjectSource<X> source;

    /// @param source opens the objects
    public TreeReader(ObjectSource<X> source) {
        this.source = source;
    }

    /// What is done with each entry.
    ///
    /// @param <X> how it can fail
    @FunctionalInterface
    public interface Visitor<X extends Exception> {
        /// @param entry the next entry
        /// @throws X to stop
        void visit(TreeEntry entry) throws X;
    }

    /// What is done with each name on which two directories differ.
    ///
    /// @param <X> how it can fail
    @FunctionalInterface
    public interface DifferenceVisitor<X extends Exception> {
        /// @param before the entry in the first directory, if it has one
        /// @param after the entry in the second directory, if it has one
        /// @throws X to stop
        void visit(Optional<TreeEntry> before, Optional<TreeEntry> after) throws X;
    }

    /// Visits every entry once, in [NameOrder] unless the directory is split; then in order inside each part.
    ///
    /// @param directory opens a whole directory
    /// @param visitor called for each entry
    /// @throws X if opening fails or the visitor stops
    /// @throws ObjectException if an object is not a valid part of a directory
    public void forEach(Capability directory, Visitor<X> visitor) throws X, ObjectException {
        visit(new Part(directory, 0, 0), visitor);
    }

    /// @param directory opens a whole directory
    /// @param name a name
    /// @return its entry, if the directory has it; opens one object per level
    /// @throws X if opening fails
    /// @throws ObjectException if an object is not a valid part of a directory
    public Optional<TreeEntry> find(Capability directory, String name) throws X, ObjectException {
        long prefix = NameHash.prefix(name);
        Optional<Part> part = Optional.of(new Part(directory, 0, 0));
        while (part.isPresent()) {
            Part here = part.get();
            switch (open(here)) {
                case TreeObject.Leaf leaf -> {
                    return leaf.entries().stream().filter(entry -> entry.name().equals(name)).findAny();
                }
                case TreeObject.Buckets buckets -> part = here.child(buckets, NameHash.bucket(prefix, here.level));
            }
        }
        return Optional.empty();
    }

    /// Visits the names on which two directories differ. Parts with equal content ids are not opened.
    ///
    /// @param before opens a whole directory, or empty for one without entries
    /// @param after opens a whole directory, or empty for one without entries
    /// @param visitor called for each name of which the entries are not equal
    /// @throws X if opening fails or the visitor stops
    /// @throws ObjectException if an object is not a valid part of a directory
    public void forEachDifference(Optional<Capability> before, Optional<Capability> after, DifferenceVisitor<X> visitor)
            throws X, ObjectException {
        new TreeDifference<>(this, visitor).compare(half(before), half(after), 0);
    }

    private static TreeDifference.Half half(Optional<Capability> directory) {
        return directory.isPresent()
                ? new TreeDifference.Closed(new Part(directory.get(), 0, 0))
                : new TreeDifference.Names(List.of());
    }

    /// One object of a directory, and which names may be in it.
    ///
    /// @param capability opens it
    /// @param level how many nibbles of a name's hash are given
    /// @param prefix those nibbles, in the highest bits
    record Part(Capability capability, int level, long prefix) {
        Optional<Part> child(TreeObject.Buckets buckets, int bucket) {
            long inner = prefix | (long) bucket << (60 - 4 * level);
            return buckets.children().get(bucket).map(child -> new Part(child, level + 1, inner));
        }

        boolean admits(String name) {
            return level == 0 || (NameHash.prefix(name) ^ prefix) >>> (64 - 4 * level) == 0;
        }
    }

    TreeObject open(Part part) throws X, ObjectException {
        TreeObject tree = TreeObject.decode(source.open(ObjectType.TREE, part.capability));
        boolean fits = switch (tree) {
            case TreeObject.Buckets buckets -> buckets.level() == part.level;
            case TreeObject.Leaf leaf -> leaf.entries().stream().allMatch(entry -> part.admits(entry.name()));
        };
        if (!fits) {
            throw new ObjectException(Reason.INCONSISTENT, "a part of a directory in the wrong place");
        }
        return tree;
    }

    private void visit(Part part, Visitor<X> visitor) throws X, ObjectException {
        switch (open(part)) {
            case TreeObject.Leaf leaf -> {
                for (TreeEntry entry : leaf.entries()) {
                    visitor.visit(entry);
                }
            }
            case TreeObject.Buckets buckets -> {
                for (int i = 0; i < TreeObject.FAN_OUT; i++) {
                    Optional<Part> child = part.child(buckets, i);
                    if (child.isPresent()) {
                        visit(child.get(), visitor);
                    }
                }
            }
        }
    }
}
