package org.stratobox.sync.history;

import java.util.LinkedHashSet;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.ManifestReader;
import org.stratobox.sync.object.ObjectException;

/// Names everything a file consists of. Reads manifests, never chunks. Thread-safe.
public final class FileObjects {
    private final ObjectReader objects;

    /// @param objects opens manifests
    public FileObjects(ObjectReader objects) {
        this.objects = objects;
    }

    /// @param entry of anything
    /// @return content ids of its chunks and of the manifests that list them; none if all of it is in its entry
    /// @throws HistoryException if a manifest cannot be had or is not one of a file of that size
    /// @throws InterruptedException if the thread is interrupted
    public Set<Cid> of(Entry entry) throws HistoryException, InterruptedException {
        Set<Cid> found = new LinkedHashSet<>();
        switch (entry.content()) {
            case Content.Chunk chunk -> found.add(chunk.capability().cid());
            case Content.Manifest manifest -> walk(manifest, entry.size(), found);
            case Content.Inline _,Content.None _,Content.Link _ -> {
                // nothing outside the entry
            }
        }
        return found;
    }

    private void walk(Content.Manifest manifest, long size, Set<Cid> found)
            throws HistoryException, InterruptedException {
        ManifestReader<Carried> reader = new ManifestReader<>((type, part) -> {
            found.add(part.cid());
            return source(type, part);
        });
        try {
            reader.forEach(manifest.capability(), size, (_, chunk) -> found.add(chunk.cap().cid()));
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        } catch (Carried e) {
            throw e.<RuntimeException>rethrow();
        }
    }

    private byte[] source(ObjectType type, Capability capability) throws Carried {
        try {
            return objects.open(type, capability);
        } catch (HistoryException | InterruptedException e) {
            throw Carried.ending(e);
        }
    }
}
