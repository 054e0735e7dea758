package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.object.ObjectException.Reason;

/// A directory or a part of a large one, type 4 (`format.md` 3.6): `{1: [entry, ...]}` or `{2: [level, [cap or [] x 16]]}`.
/// [TreeBuilder] decides which, [TreeReader] walks them.
public sealed interface TreeObject {
    /// Largest encoded leaf, in bytes; a larger one is split.
    int MAX_LEAF_BYTES = 900 * 1024;

    /// Children of a bucket object: one per value of a nibble.
    int FAN_OUT = 16;

    /// Most levels of buckets.
    int MAX_LEVEL = 15;

    /// @return the body to seal
    byte[] encode();

    /// Entries of one directory, or of one bucket of it.
    ///
    /// @param entries ascending by the UTF-8 bytes of their names, no name twice
    record Leaf(List<TreeEntry> entries) implements TreeObject {
        /// @throws IllegalArgumentException if the entries are not in order
        public Leaf {
            entries = List.copyOf(entries);
            for (int i = 1; i < entries.size(); i++) {
                if (NameOrder.compareNames(entries.get(i - 1).name(), entries.get(i).name()) >= 0) {
                    throw new IllegalArgumentException("entries out of order");
                }
            }
        }

        @Override
        public byte[] encode() {
            CborWriter out = new CborWriter(64 + entries.size() * 256);
            writeStart(out, entries.size());
            entries.forEach(entry -> TreeEntryCodec.write(out, entry));
            return out.toByteArray();
        }

        static void writeStart(CborWriter out, int entries) {
            out.map(1).uint(1).array(entries);
        }
    }

    /// A directory in sixteen parts. The part of a name is nibble number `level` of SHA-256 of its UTF-8 bytes, the high
    /// nibble of the first byte being number 0.
    ///
    /// @param level 0 for a whole directory
    /// @param children sixteen, at least one present; an absent one holds no name
    record Buckets(int level, List<Optional<Capability>> children) implements TreeObject {
        /// @throws IllegalArgumentException if the level or the number of children is out of range
        public Buckets {
            children = List.copyOf(children);
            if (level < 0 || level > MAX_LEVEL || children.size() != FAN_OUT
                    || children.stream().allMatch(Optional::isEmpty)) {
                throw new IllegalArgumentException("sixteen buckets, one of them used, at a level of 0 to 15");
            }
        }

        @Override
        public byte[] encode() {
            CborWriter out = new CborWriter(16 + FAN_OUT * Capabilities.BYTES);
            out.map(1).uint(2).array(2).uint(level).array(FAN_OUT);
            for (Optional<Capability> child : children) {
                child.ifPresentOrElse(capability -> Capabilities.write(out, capability), () -> out.array(0));
            }
            return out.toByteArray();
        }
    }

    /// @param body an opened object of type 4
    /// @return the directory or part
    /// @throws ObjectException if it is anything else
    static TreeObject decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        boolean leaf = fields.optional(1);
        if (!leaf) {
            fields.key(2);
        }
        TreeObject tree = leaf ? readLeaf(in) : readBuckets(in);
        fields.endOfInput();
        return tree;
    }

    private static Leaf readLeaf(CborReader in) throws ObjectException {
        int n = in.array(CborReader.MAX_BYTES, TreeEntryCodec.MIN_BYTES);
        List<TreeEntry> entries = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            TreeEntry entry = TreeEntryCodec.read(in);
            if (i > 0 && NameOrder.compareNames(entries.get(i - 1).name(), entry.name()) >= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "entries out of order");
            }
            entries.add(entry);
        }
        return new Leaf(entries);
    }

    private static Buckets readBuckets(CborReader in) throws ObjectException {
        in.arrayOf(2);
        int level = (int) in.uint(MAX_LEVEL);
        in.arrayOf(FAN_OUT);
        List<Optional<Capability>> children = new ArrayList<>(FAN_OUT);
        boolean used = false;
        for (int i = 0; i < FAN_OUT; i++) {
            int parts = in.array(2, 0);
            if (parts == 1) {
                throw new ObjectException(Reason.BAD_VALUE, "half a capability");
            }
            children.add(parts == 0 ? Optional.empty() : Optional.of(Capabilities.readParts(in)));
            used |= parts != 0;
        }
        if (!used) {
            throw new ObjectException(Reason.BAD_VALUE, "sixteen empty buckets");
        }
        return new Buckets(level, children);
    }
}
