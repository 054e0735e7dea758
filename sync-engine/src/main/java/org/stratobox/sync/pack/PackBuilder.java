package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.object.PackContents;
import org.stratobox.sync.object.PackItem;

/// Fills one buffer with envelopes and closes it with the sealed table of contents (`format.md` 3.4): envelopes one after
/// the other, the table (type 13, scope M, random salt), its length as big-endian u32, `SBXP`.
///
/// The buffer grows with the largest pack so far, so that a pass that has next to nothing to send takes next to no memory,
/// and is reused: [#finish] gives a view of it, [#reset] starts the next pack. The table always fits in one
/// envelope, because a pack takes no more than [#MOST_ITEMS] items. Not thread-safe.
public final class PackBuilder {
    /// Capacity of a pack by default, bytes (16 MiB).
    public static final int DEFAULT_CAPACITY = 16 << 20;
    /// More envelopes than this are never in one pack: their table would outgrow an envelope.
    public static final int MOST_ITEMS = PackItem.MAX_ITEMS;
    /// The smallest capacity, in bytes.
    public static final int LEAST_CAPACITY = 16 << 10;
    /// An item in the table takes at most this: array head, type 2, CID 34, offset 5, length 5; and one for luck.
    private static final int ITEM_BYTES = 48;
    private static final int TABLE_HEAD = 16;

    private static final int FIRST_BUFFER = 64 << 10;

    private final Sealer accountScope;
    private final int capacity;
    private ByteBuffer buffer;
    private final List<PackItem> items = new ArrayList<>();
    private final Set<Cid> inside = new HashSet<>();
    private boolean finished;

    /// @param accountScope seals the table of contents
    /// @param capacity the longest pack in bytes, table included; [#LEAST_CAPACITY] to [MeshNode#MAX_OBJECT]
    public PackBuilder(Sealer accountScope, int capacity) {
        if (capacity < LEAST_CAPACITY || capacity > MeshNode.MAX_OBJECT) {
            throw new IllegalArgumentException("a pack cannot hold " + capacity + " bytes");
        }
        this.accountScope = accountScope;
        this.capacity = capacity;
        this.buffer = ByteBuffer.allocate(Math.min(capacity, FIRST_BUFFER));
    }

    /// @param envelopeLength bytes
    /// @return whether [#add] would take an envelope of that length
    public boolean fits(int envelopeLength) {
        int table = Envelope.paddedLength(TABLE_HEAD + (items.size() + 1) * ITEM_BYTES);
        return !finished && items.size() < MOST_ITEMS
                && envelopeLength <= capacity - buffer.position() - table - PackReader.TRAILER;
    }

    /// @param cid of an envelope
    /// @return whether it is in this pack already
    public boolean holds(Cid cid) {
        return inside.contains(cid);
    }

    /// Puts an envelope into the pack.
    ///
    /// @param type of the object inside
    /// @param cid of the envelope; the caller guarantees that it is its digest
    /// @param envelope the sealed object, copied
    /// @throws IllegalStateException if it does not fit ([#fits]) or the pack is finished
    /// @throws IllegalArgumentException if it is in the pack already, or cannot be an envelope
    public void add(ObjectType type, Cid cid, byte[] envelope) {
        if (!fits(envelope.length)) {
            throw new IllegalStateException("the pack is full or finished");
        }
        if (envelope.length < Envelope.MIN || envelope.length > Envelope.MAX || !inside.add(cid)) {
            throw new IllegalArgumentException("not an envelope, or it is in the pack already");
        }
        grow(envelope.length);
        items.add(new PackItem(type, cid, buffer.position(), envelope.length));
        buffer.put(envelope);
    }

    private void grow(int more) {
        if (buffer.remaining() < more) {
            long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + more);
            buffer = ByteBuffer.allocate((int) Math.min(capacity, wanted)).put(buffer.flip());
        }
    }

    /// @return number of envelopes so far
    public int items() {
        return items.size();
    }

    /// @return bytes of envelopes so far
    public int length() {
        return items.isEmpty() ? 0 : items.getLast().offset() + items.getLast().length();
    }

    /// Seals the pack. Until [#reset] nothing can be added.
    ///
    /// @return the pack, a view of this builder's buffer
    /// @throws IllegalStateException if it is empty or finished already
    public FinishedPack finish() {
        if (finished || items.isEmpty()) {
            throw new IllegalStateException(finished ? "the pack is finished" : "the pack is empty");
        }
        List<PackItem> contents = List.copyOf(items);
        SealedObject table = accountScope.seal(ObjectType.PACK_CONTENTS, new PackContents(contents).encode());
        grow(table.envelope().length + PackReader.TRAILER);
        buffer.put(table.envelope()).putInt(table.envelope().length).putInt(PackReader.MAGIC);
        finished = true;
        ByteBuffer bytes = buffer.duplicate().flip().slice();
        return new FinishedPack(Sha256.of(bytes), bytes, contents);
    }

    /// Starts an empty pack in the same buffer; a view given out before becomes invalid.
    public void reset() {
        buffer.clear();
        items.clear();
        inside.clear();
        finished = false;
    }
}
