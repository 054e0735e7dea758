package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.reconcile.Held;

/// Held changes the user let through, as the index remembers them. The newest few are enough: each names one exact set.
final class Released {
    private static final String KEY = "released";
    private static final int MOST = 64;

    private Released() {}

    static Set<Held.Id> load(SyncIndex index) throws IndexException {
        return Set.copyOf(all(index));
    }

    static void add(SyncIndex index, Held.Id id) throws IndexException {
        List<Held.Id> ids = new ArrayList<>(all(index));
        ids.remove(id);
        ids.add(id);
        List<Held.Id> newest = ids.subList(Math.max(0, ids.size() - MOST), ids.size());
        ByteBuffer bytes = ByteBuffer.allocate(newest.size() * Digest256.BYTES);
        newest.forEach(one -> bytes.put(one.hash().bytes()));
        index.setDurably(KEY, bytes.array());
    }

    private static List<Held.Id> all(SyncIndex index) throws IndexException {
        byte[] bytes = index.get(KEY).orElse(new byte[0]);
        List<Held.Id> ids = new ArrayList<>();
        for (int at = 0; at + Digest256.BYTES <= bytes.length; at += Digest256.BYTES) {
            ids.add(new Held.Id(Digest256.of(Arrays.copyOfRange(bytes, at, at + Digest256.BYTES))));
        }
        return ids;
    }
}
