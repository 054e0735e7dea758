package org.stratobox.sync.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.Capability;

/// What an entry consists of. Two entries hold the same bytes if their contents have the same [#identity()]: sealing is
/// deterministic inside a folder, so equal bytes have equal content ids (`format.md` 3.6).
public sealed interface Content {
    /// Largest file that lives in its tree entry, in bytes (`format.md` 3.5).
    int MAX_INLINE = 3_072;

    /// @return 32 bytes that decide "same content": the digest of the content id, of the inline bytes or of the link
    /// target; zeros for nothing. Inline bytes and link targets are hashed at each call.
    Digest256 identity();

    /// @param other another content
    /// @return whether it is the same content; cheaper than comparing identities
    boolean sameAs(Content other);

    /// Directories and tombstones hold nothing.
    record None() implements Content {
        private static final Digest256 ZERO = new Digest256(0, 0, 0, 0);

        @Override
        public Digest256 identity() {
            return ZERO;
        }

        @Override
        public boolean sameAs(Content other) {
            return other instanceof None;
        }
    }

    /// A small file, kept in its tree entry. Equal by its bytes.
    ///
    /// @param bytes 0 to [#MAX_INLINE] bytes; copied in and out
    @SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
    record Inline(byte[] bytes) implements Content {
        /// @throws IllegalArgumentException if there are more than [#MAX_INLINE] bytes
        public Inline {
            if (bytes.length > MAX_INLINE) {
                throw new IllegalArgumentException("an inline file has at most " + MAX_INLINE + " bytes");
            }
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        /// @return how many bytes it has
        public int length() {
            return bytes.length;
        }

        @Override
        public Digest256 identity() {
            return Sha256.of(new byte[]{'i'}, bytes);
        }

        @Override
        public boolean sameAs(Content other) {
            return equals(other);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Inline other && Arrays.equals(bytes, other.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Inline[" + bytes.length + " bytes]";
        }
    }

    /// A file of one chunk.
    ///
    /// @param capability opens the chunk
    record Chunk(Capability capability) implements Content {
        @Override
        public Digest256 identity() {
            return capability.cid().digest();
        }

        @Override
        public boolean sameAs(Content other) {
            return other instanceof Chunk c && capability.cid().equals(c.capability.cid());
        }
    }

    /// A file of several chunks.
    ///
    /// @param capability opens the list of its chunks
    record Manifest(Capability capability) implements Content {
        @Override
        public Digest256 identity() {
            return capability.cid().digest();
        }

        @Override
        public boolean sameAs(Content other) {
            return other instanceof Manifest m && capability.cid().equals(m.capability.cid());
        }
    }

    /// A symbolic link.
    ///
    /// @param target as the file system gave it, 1 to 4 096 bytes of UTF-8 without NUL; never followed
    record Link(String target) implements Content {
        /// Longest target, in bytes of UTF-8.
        public static final int MAX_BYTES = 4_096;

        /// @throws IllegalArgumentException if the target is empty, too long, holds NUL or is not Unicode
        public Link {
            if (!isTarget(target)) {
                throw new IllegalArgumentException("unusable link target");
            }
        }

        /// @param target a text from a disk or from the mesh
        /// @return whether it can be the target of a link
        public static boolean isTarget(String target) {
            byte[] utf8 = target.getBytes(StandardCharsets.UTF_8);
            return utf8.length > 0 && utf8.length <= MAX_BYTES && target.indexOf('\0') < 0
                    && new String(utf8, StandardCharsets.UTF_8).equals(target);
        }

        @Override
        public Digest256 identity() {
            return Sha256.of(new byte[]{'l'}, target.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean sameAs(Content other) {
            return equals(other);
        }

        @Override
        public String toString() {
            return "Link[redacted]";
        }
    }
}
