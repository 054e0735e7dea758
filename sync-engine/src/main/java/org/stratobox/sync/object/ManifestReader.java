package org.stratobox.sync.object;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.object.ObjectException.Reason;

/// Walks the chunks of a file in their order, whatever objects its manifest consists of, and checks that all sizes add up.
/// Holds one object per level. Thread-safe if its source is.
///
/// @param <X> how opening can fail
public final class ManifestReader<X extends Exception> {
    private final ObjectSource<X> source;

    /// @param source opens the objects
    public ManifestReader(ObjectSource<X> source) {
        this.source = source;
    }

    /// What is done with each chunk.
    ///
    /// @param <X> how it can fail
    @FunctionalInterface
    public interface Visitor<X extends Exception> {
        /// @param offset where the chunk starts in the file, in bytes
        /// @param chunk the chunk
        /// @throws X to stop
        void visit(long offset, ChunkRef chunk) throws X;
    }

    /// @param manifest opens the manifest of a file (type 2)
    /// @param size bytes the file must have, as its tree entry says
    /// @param visitor called for each chunk in order; when a later part turns out wrong, earlier chunks were visited already
    /// @throws X if opening fails or the visitor stops
    /// @throws ObjectException if the objects are not the manifest of a file of that size
    public void forEach(Capability manifest, long size, Visitor<X> visitor) throws X, ObjectException {
        FileManifest top = FileManifest.decode(source.open(ObjectType.MANIFEST, manifest));
        if (top.size() != size) {
            throw new ObjectException(Reason.INCONSISTENT, "the manifest is of a file of another size");
        }
        visit(top, 0, 1, visitor);
    }

    private void visit(FileManifest part, long start, int depth, Visitor<X> visitor) throws X, ObjectException {
        switch (part) {
            case Manifest manifest -> {
                long offset = start;
                for (ChunkRef chunk : manifest.chunks()) {
                    visitor.visit(offset, chunk);
                    offset += chunk.length();
                }
            }
            case ManifestIndex index -> visitParts(index, start, depth, visitor);
        }
    }

    private void visitParts(ManifestIndex index, long start, int depth, Visitor<X> visitor)
            throws X, ObjectException {
        if (depth == FileManifest.MAX_DEPTH) {
            throw new ObjectException(Reason.TOO_LARGE, "manifests nested too deep");
        }
        long offset = start;
        for (Capability capability : index.parts()) {
            FileManifest part = FileManifest.decode(source.open(ObjectType.MANIFEST_INDEX, capability));
            if (part.chunkerId() != index.chunkerId() || part.size() > start + index.size() - offset) {
                throw new ObjectException(Reason.INCONSISTENT, "a part that does not fit its file");
            }
            visit(part, offset, depth + 1, visitor);
            offset += part.size();
        }
        if (offset != start + index.size()) {
            throw new ObjectException(Reason.INCONSISTENT, "the parts do not add up to the size");
        }
    }
}
