package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.object.ObjectException.Reason;

/// An envelope inside a pack: `[type, cid, offset, length]` (`format.md` 3.4).
///
/// @param type what it was sealed as
/// @param cid which envelope
/// @param offset where it starts in the pack, in bytes
/// @param length its bytes, [Envelope#MIN] to [Envelope#MAX]
public record PackItem(ObjectType type, Cid cid, int offset, int length) {
    /// Most items of one pack.
    public static final int MAX_ITEMS = 20_000;

    private static final int MIN_BYTES = 1 + 1 + 34 + 1 + 3;

    /// @throws IllegalArgumentException if offset or length is out of range
    public PackItem {
        if (offset < 0 || length < Envelope.MIN || length > Envelope.MAX || offset > Integer.MAX_VALUE - length) {
            throw new IllegalArgumentException("an offset or length out of range");
        }
    }

    static void write(CborWriter out, List<PackItem> items) {
        out.array(items.size());
        for (PackItem item : items) {
            out.array(4).uint(item.type.code()).digest(item.cid.digest()).uint(item.offset).uint(item.length);
        }
    }

    static List<PackItem> readAll(CborReader in) throws ObjectException {
        int n = in.array(MAX_ITEMS, MIN_BYTES);
        List<PackItem> items = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            items.add(read(in));
        }
        return items;
    }

    private static PackItem read(CborReader in) throws ObjectException {
        in.arrayOf(4);
        ObjectType type = ObjectType.of((int) in.uint(255))
                .orElseThrow(() -> new ObjectException(Reason.BAD_VALUE, "an unknown object type"));
        Cid cid = new Cid(in.digest());
        int offset = (int) in.uint(Integer.MAX_VALUE - Envelope.MAX);
        int length = (int) in.uint(Envelope.MAX);
        if (length < Envelope.MIN) {
            throw new ObjectException(Reason.BAD_VALUE, "an envelope too short");
        }
        return new PackItem(type, cid, offset, length);
    }
}
