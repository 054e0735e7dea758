package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.Envelope;
import org.stratobox.sync.object.ObjectException.Reason;

/// The pieces of a file in their order (`format.md` 3.6): `{1: size, 2: chunkerId, 4: [[cid, B, len], ...] | 5: [cap, ...]}`.
///
/// The manifest of a file is sealed as type 2; the ones a [ManifestIndex] names are sealed as type 3 and have the same form.
/// [ManifestBuilder] and [ManifestReader] walk the whole structure.
public sealed interface FileManifest permits Manifest, ManifestIndex {
    /// Largest file, in bytes.
    long MAX_SIZE = 1L << 53;

    /// Most references in one object, chunks or further manifests; keeps its body below 1 MiB.
    int MAX_REFS = 10_000;

    /// Most objects from the file's manifest down to a chunk list.
    int MAX_DEPTH = 3;

    /// @return bytes of the file, or of the part of it that this object lists
    long size();

    /// @return who cut the file: 1 fixed, 2 PHTE
    int chunkerId();

    /// @return the body to seal
    byte[] encode();

    /// @param body an opened object of type 2 or 3
    /// @return the manifest; of a [Manifest] the lengths add up to its size
    /// @throws ObjectException if it is anything else
    static FileManifest decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        long size = in.uint(MAX_SIZE);
        fields.key(2);
        int chunker = (int) in.uint(2);
        if (chunker < 1) {
            throw new ObjectException(Reason.BAD_VALUE, "an unknown chunker");
        }
        boolean list = fields.optional(4);
        if (!list) {
            fields.key(5);
        }
        FileManifest manifest = list ? readManifest(in, size, chunker) : readIndex(in, size, chunker);
        fields.endOfInput();
        return manifest;
    }

    private static Manifest readManifest(CborReader in, long size, int chunker) throws ObjectException {
        List<ChunkRef> chunks = readChunks(in);
        if (chunks.isEmpty() || sum(chunks) != size) {
            throw new ObjectException(Reason.INCONSISTENT, "the chunks do not add up to the size");
        }
        return new Manifest(size, chunker, chunks);
    }

    private static ManifestIndex readIndex(CborReader in, long size, int chunker) throws ObjectException {
        List<Capability> parts = readParts(in);
        if (parts.isEmpty() || parts.size() > size) {
            throw new ObjectException(Reason.INCONSISTENT, "no parts, or more than bytes");
        }
        return new ManifestIndex(size, chunker, parts);
    }

    private static List<ChunkRef> readChunks(CborReader in) throws ObjectException {
        int n = in.array(MAX_REFS, Capabilities.BYTES + 1);
        List<ChunkRef> chunks = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            in.arrayOf(3);
            Capability capability = Capabilities.readParts(in);
            int length = (int) in.uint(Envelope.MAX_BODY);
            if (length == 0) {
                throw new ObjectException(Reason.BAD_VALUE, "an empty chunk");
            }
            chunks.add(new ChunkRef(capability, length));
        }
        return chunks;
    }

    private static List<Capability> readParts(CborReader in) throws ObjectException {
        int n = in.array(MAX_REFS, Capabilities.BYTES);
        List<Capability> parts = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            parts.add(Capabilities.read(in));
        }
        return parts;
    }

    /// @param chunks pieces
    /// @return their lengths together
    static long sum(List<ChunkRef> chunks) {
        long sum = 0;
        for (ChunkRef chunk : chunks) {
            sum += chunk.length();
        }
        return sum;
    }
}
