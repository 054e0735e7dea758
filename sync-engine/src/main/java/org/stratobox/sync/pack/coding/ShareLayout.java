package org.stratobox.sync.pack.coding;

import java.util.ArrayList;
import java.util.List;

/// Which bytes of a pack are in which share (`mesh.md` 4.3): share `i < k` is bytes `[i*L, (i+1)*L)` of the pack, so a
/// healthy read needs no decoding. `L = ceil(length / k)` rounded up to 4 KiB; what is missing at the end is zeros.
/// Copies are the pack itself, without padding, so that their name is the pack's id.
///
/// @param profile how it is cut
/// @param packLength bytes of the pack, at least 1
public record ShareLayout(CodingProfile profile, int packLength) {
    private static final int ROUND = 4096;

    /// Checks the length.
    public ShareLayout {
        if (packLength < 1 || packLength > Integer.MAX_VALUE - ROUND) {
            throw new IllegalArgumentException("a pack cannot have " + packLength + " bytes");
        }
    }

    /// A piece of one data share.
    ///
    /// @param share index, less than `k`
    /// @param offset of the first byte inside the share
    /// @param length number of bytes, at least 1
    public record Segment(int share, int offset, int length) {}

    /// @return L: bytes of every share
    public int shareLength() {
        if (profile.isCopies()) {
            return packLength;
        }
        int part = Math.ceilDiv(packLength, profile.k());
        return Math.ceilDiv(part, ROUND) * ROUND;
    }

    /// @param share index, less than `k`
    /// @return how many bytes of that data share are bytes of the pack; the rest is padding
    public int payload(int share) {
        long start = (long) share * shareLength();
        return Math.clamp(packLength - start, 0, shareLength());
    }

    /// @param offset of the first byte in the pack
    /// @param length number of bytes
    /// @return the pieces of data shares these bytes are in, in order
    /// @throws IllegalArgumentException if the range is not inside the pack
    public List<Segment> segments(int offset, int length) {
        if (offset < 0 || length < 0 || length > packLength - offset) {
            throw new IllegalArgumentException("the range is not inside the pack");
        }
        List<Segment> out = new ArrayList<>();
        int size = shareLength();
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int share = at / size;
            int inside = at - share * size;
            int take = Math.min(size - inside, end - at);
            out.add(new Segment(share, inside, take));
            at += take;
        }
        return out;
    }
}
