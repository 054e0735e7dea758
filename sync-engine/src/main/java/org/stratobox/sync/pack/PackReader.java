package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.Opener;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.PackContents;
import org.stratobox.sync.object.PackItem;

/// Reads the table of contents at the end of a pack. Strict: items lie one after the other from the first byte to the
/// table, and every length is one an envelope can have. Immutable, thread-safe.
public final class PackReader {
    /// Length of the table as big-endian u32, then `SBXP`.
    static final int TRAILER = 8;
    /// `SBXP` in ASCII.
    static final int MAGIC = 0x53425850;

    private final ScopeKey accountScope;

    /// @param accountScope the table's scope
    public PackReader(ScopeKey accountScope) {
        this.accountScope = accountScope;
    }

    /// @param packLength bytes of the pack
    /// @param source gives parts of the pack; asked at most twice
    /// @param <E> how the source may fail
    /// @return the table
    /// @throws E if the source fails
    /// @throws PackException.Malformed if this is not a pack of this account
    public <E extends Exception> PackContents contents(int packLength, RangeSource<E> source)
            throws E, PackException.Malformed {
        if (packLength < 2 * Envelope.MIN + TRAILER) {
            throw new PackException.Malformed("too short for a pack");
        }
        ByteBuffer trailer = ByteBuffer.wrap(source.read(packLength - TRAILER, TRAILER));
        int length = trailer.getInt();
        int start = packLength - TRAILER - length;
        if (trailer.getInt() != MAGIC || length < Envelope.MIN || length > Envelope.MAX || start < Envelope.MIN) {
            throw new PackException.Malformed("no trailer of a pack");
        }
        PackContents contents = open(source.read(start, length));
        check(contents.items(), start);
        return contents;
    }

    private PackContents open(byte[] envelope) throws PackException.Malformed {
        try {
            return PackContents.decode(
                    Opener.open(accountScope, Cid.ofEnvelope(envelope), ObjectType.PACK_CONTENTS, envelope));
        } catch (CryptoException | ObjectException e) {
            throw new PackException.Malformed("the table of contents cannot be read", e);
        }
    }

    private static void check(List<PackItem> items, int end) throws PackException.Malformed {
        int at = 0;
        Set<Cid> seen = new HashSet<>();
        for (PackItem item : items) {
            if (item.offset() != at || item.length() > end - at || !seen.add(item.cid())) {
                throw new PackException.Malformed("the table of contents does not describe this pack");
            }
            at += item.length();
        }
        if (at != end) {
            throw new PackException.Malformed("bytes between the envelopes and the table of contents");
        }
    }
}
