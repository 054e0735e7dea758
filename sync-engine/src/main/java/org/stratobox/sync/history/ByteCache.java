package org.stratobox.sync.history;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;

/// Opened objects, the least recently used forgotten first, bounded by their bytes. Thread-safe.
final class ByteCache {
    private final long most;
    /// Guarded by itself, like `bytes`.
    private final LinkedHashMap<Cid, byte[]> bodies = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    ByteCache(long most) {
        this.most = most;
    }

    Optional<byte[]> get(Cid cid) {
        synchronized (bodies) {
            return Optional.ofNullable(bodies.get(cid));
        }
    }

    boolean holds(Cid cid) {
        synchronized (bodies) {
            return bodies.containsKey(cid);
        }
    }

    void put(Cid cid, byte[] body) {
        synchronized (bodies) {
            byte[] before = bodies.put(cid, body);
            bytes += body.length - (before == null ? 0L : before.length);
            Iterator<Map.Entry<Cid, byte[]>> eldest = bodies.entrySet().iterator();
            while (bytes > most && eldest.hasNext()) {
                bytes -= eldest.next().getValue().length;
                eldest.remove();
            }
        }
    }
}
