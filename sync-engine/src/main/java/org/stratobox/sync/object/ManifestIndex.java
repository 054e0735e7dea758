package org.stratobox.sync.object;

import java.util.List;

import org.stratobox.crypto.envelope.Capability;

/// A list of further manifests (type 3), for files with more chunks than one object can list.
///
/// @param size bytes of all parts together
/// @param chunkerId who cut the file: 1 fixed, 2 PHTE
/// @param parts 1 to [FileManifest#MAX_REFS] manifests in their order
public record ManifestIndex(long size, int chunkerId, List<Capability> parts) implements FileManifest {
    /// @throws IllegalArgumentException if a number is out of range
    public ManifestIndex {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() > MAX_REFS || chunkerId < 1 || chunkerId > 2) {
            throw new IllegalArgumentException("an unknown chunker, no part or too many");
        }
        if (size < parts.size() || size > MAX_SIZE) {
            throw new IllegalArgumentException("a size out of range");
        }
    }

    @Override
    public byte[] encode() {
        CborWriter out = new CborWriter(32 + parts.size() * Capabilities.BYTES);
        out.map(3).uint(1).uint(size).uint(2).uint(chunkerId).uint(5).array(parts.size());
        parts.forEach(part -> Capabilities.write(out, part));
        return out.toByteArray();
    }
}
