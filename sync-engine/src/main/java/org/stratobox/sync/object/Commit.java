package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.object.ObjectException.Reason;

/// A state of all folders, type 5 (`format.md` 3.6): `{1: device, 2: seq, 3: [parent head hash, ...],
/// 4: {folder: [epoch, cap, name]}, 5: summary, 6: wall clock}`.
///
/// @param device who made it
/// @param seq number of the head that is going to name it
/// @param parents hashes of the heads it joins, the device's own previous one first; at most 1 024
/// @param folders root directory of each folder; at most 4 096
/// @param summary what was done, for people; at most 1 024 bytes of UTF-8
/// @param wallMillis the device's clock, milliseconds since 1970
public record Commit(DeviceId device, long seq, List<Digest256> parents, Map<FolderId, FolderRoot> folders,
        String summary, long wallMillis) {
    /// @throws IllegalArgumentException if a number is out of range or a text or list too long
    public Commit {
        Limits.requireSeq(seq);
        Limits.requireMillis(wallMillis);
        Limits.requireText(summary, Limits.LABEL_BYTES);
        Limits.requireCount(parents.size(), Limits.DEVICES);
        Limits.requireCount(folders.size(), Limits.FOLDERS);
        parents = List.copyOf(parents);
        folders = Collections.unmodifiableSortedMap(new TreeMap<>(folders));
    }

    /// @return the body to seal
    public byte[] encode() {
        CborWriter out = new CborWriter(128 + folders.size() * 160 + parents.size() * 34);
        out.map(6).uint(1).id(device.id()).uint(2).uint(seq);
        out.uint(3).array(parents.size());
        parents.forEach(out::digest);
        out.uint(4).map(folders.size());
        folders.forEach((folder, root) -> {
            out.id(folder.id()).array(3).uint(root.folderEpoch());
            Capabilities.write(out, root.tree());
            out.text(root.name());
        });
        return out.uint(5).text(summary).uint(6).integer(wallMillis).toByteArray();
    }

    /// @param body an opened object of type 5
    /// @return the commit
    /// @throws ObjectException if it is anything else
    public static Commit decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        DeviceId device = new DeviceId(in.id());
        fields.key(2);
        long seq = Limits.seq(in);
        fields.key(3);
        List<Digest256> parents = readParents(in);
        fields.key(4);
        SortedMap<FolderId, FolderRoot> folders = readFolders(in);
        fields.key(5);
        String summary = in.text(Limits.LABEL_BYTES);
        fields.key(6);
        long wall = Limits.millis(in);
        fields.endOfInput();
        return new Commit(device, seq, parents, folders, summary, wall);
    }

    private static List<Digest256> readParents(CborReader in) throws ObjectException {
        int n = in.array(Limits.DEVICES, 34);
        List<Digest256> parents = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            parents.add(in.digest());
        }
        return parents;
    }

    private static SortedMap<FolderId, FolderRoot> readFolders(CborReader in) throws ObjectException {
        int n = in.map(Limits.FOLDERS, 17 + 3 + Capabilities.BYTES);
        SortedMap<FolderId, FolderRoot> folders = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            FolderId folder = new FolderId(in.id());
            if (!folders.isEmpty() && folders.lastKey().compareTo(folder) >= 0) {
                throw new ObjectException(Reason.NOT_CANONICAL, "keys out of order");
            }
            in.arrayOf(3);
            folders.put(folder,
                    new FolderRoot(Limits.epoch(in), Capabilities.read(in), in.text(Limits.LABEL_BYTES)));
        }
        return folders;
    }
}
