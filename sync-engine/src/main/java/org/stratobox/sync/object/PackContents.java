package org.stratobox.sync.object;

import java.util.List;

/// The table at the end of a pack, type 13 (`format.md` 3.4): `[[type, cid, offset, length], ...]`.
///
/// @param items the envelopes in the pack, at most [PackItem#MAX_ITEMS]
public record PackContents(List<PackItem> items) {
    /// @throws IllegalArgumentException if there are too many
    public PackContents {
        items = List.copyOf(items);
        if (items.size() > PackItem.MAX_ITEMS) {
            throw new IllegalArgumentException("too many items for one pack");
        }
    }

    /// @return the body to seal
    public byte[] encode() {
        CborWriter out = new CborWriter(16 + items.size() * 48);
        PackItem.write(out, items);
        return out.toByteArray();
    }

    /// @param body an opened object of type 13
    /// @return the table
    /// @throws ObjectException if it is anything else
    public static PackContents decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        List<PackItem> items = PackItem.readAll(in);
        in.end();
        return new PackContents(items);
    }
}
