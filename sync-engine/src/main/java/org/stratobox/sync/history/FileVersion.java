package org.stratobox.sync.history;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.stratobox.crypto.Sha256;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// A version of an item, wherever it was then.
///
/// @param path where it was
/// @param entry what it was; may be a deletion
public record FileVersion(RelativePath path, Entry entry) {
    private static final int ID_BYTES = 6;

    /// A short name that every device gives the version: who wrote it, when, and what.
    ///
    /// @return twelve hexadecimal digits
    public String id() {
        byte[] what = (entry.kind() + ":" + entry.wallMillis() + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] author = entry.author().bytes();
        byte[] all = new byte[what.length + author.length];
        System.arraycopy(what, 0, all, 0, what.length);
        System.arraycopy(author, 0, all, what.length, author.length);
        return HexFormat.of().formatHex(Sha256.of(all, entry.content().identity().bytes()).bytes(), 0, ID_BYTES);
    }
}
