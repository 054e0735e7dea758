package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.Moved;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// Short words for the entries of tests.
final class Entries {
    static final DeviceId A = device(0);
    static final DeviceId B = device(1);
    static final DeviceId C = device(2);

    private Entries() {}

    static DeviceId device(int n) {
        return new DeviceId(new Id16(n, 7));
    }

    static RelativePath path(String text) {
        return new RelativePath(text);
    }

    static VersionVector vv(Object... devicesAndCounters) {
        VersionVector v = VersionVector.empty();
        for (int i = 0; i < devicesAndCounters.length; i += 2) {
            v = v.with((DeviceId) devicesAndCounters[i], (Integer) devicesAndCounters[i + 1]);
        }
        return v;
    }

    static Entry file(String content, VersionVector version, DeviceId author, long wall) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Entry(EntryKind.FILE, id(1), new Content.Inline(bytes), bytes.length, wall, 0644, version, author,
                wall, Optional.empty());
    }

    static Entry executable(Entry e) {
        return new Entry(e.kind(), e.fileId(), e.content(), e.size(), e.mtimeMillis(), 0755, e.version(), e.author(),
                e.wallMillis(), e.moved());
    }

    static Entry directory(VersionVector version, DeviceId author, long wall) {
        return new Entry(EntryKind.DIRECTORY, id(2), new Content.None(), 0, wall, 0755, version, author, wall,
                Optional.empty());
    }

    static Entry tombstone(VersionVector version, DeviceId author, long wall) {
        return new Entry(EntryKind.TOMBSTONE, id(3), new Content.None(), 0, 0, 0, version, author, wall,
                Optional.empty());
    }

    static Entry movedAway(Entry was, String to, VersionVector version, DeviceId author, long wall) {
        return new Entry(EntryKind.TOMBSTONE, was.fileId(), new Content.None(), 0, 0, 0, version, author, wall,
                Optional.of(new Moved(path(to), was.version(), was.content().identity())));
    }

    static FileId id(long n) {
        return new FileId(new Id16(n, n));
    }

    static FolderState state(Object... pathsAndEntries) {
        Map<RelativePath, Entry> all = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndEntries.length; i += 2) {
            all.put(path((String) pathsAndEntries[i]), (Entry) pathsAndEntries[i + 1]);
        }
        return new FolderState(all);
    }
}
