package org.stratobox.sync.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.api.History.Done;
import org.stratobox.sync.api.History.TakeBack;
import org.stratobox.sync.api.History.Trashed;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.apply.ApplyTarget;
import org.stratobox.sync.apply.ApplyTools;
import org.stratobox.sync.apply.Trash;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.TrashTable.Kept;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;

/// What was displaced on the disks of this device's folders.
record TrashView(HistoryView.Context account) {
    private static final long CACHE_BYTES = 1L << 20;

    private Map<FolderId, FolderSetting> folders() throws StratoboxException {
        Map<FolderId, FolderSetting> out = new HashMap<>();
        for (FolderSetting setting : account.home().folders()) {
            out.put(account.keys().folderId(setting.name()), setting);
        }
        return out;
    }

    List<Trashed> list(Optional<String> folder) throws StratoboxException, IndexException {
        List<Trashed> out = new ArrayList<>();
        for (Map.Entry<FolderId, FolderSetting> e : folders().entrySet()) {
            if (folder.filter(f -> !f.equals(e.getValue().name())).isEmpty()) {
                for (Kept kept : account.index().trash().all(e.getKey())) {
                    out.add(new Trashed(kept.row(), e.getValue().name(), kept.item().original().text(),
                            kept.item().identity().size(), kept.item().displacedMillis(),
                            isOnlyHere(kept.item().entry())));
                }
            }
        }
        out.sort(Comparator.comparingLong(Trashed::sinceMillis).reversed());
        return out;
    }

    /// Small files and links are in the tree objects of the states that had them.
    private boolean isOnlyHere(Optional<Entry> entry) throws IndexException {
        if (entry.isEmpty()) {
            return true;
        }
        Optional<Capability> stored = switch (entry.get().content()) {
            case Content.Chunk chunk -> Optional.of(chunk.capability());
            case Content.Manifest manifest -> Optional.of(manifest.capability());
            default -> Optional.empty();
        };
        return stored.isPresent() && account.index().packs().find(stored.get().cid()).isEmpty();
    }

    TakeBack takeOut(List<Long> items) throws StratoboxException, IndexException {
        LocalDisk disk = account.parts().files();
        List<Done> done = new ArrayList<>();
        List<Problem> left = new ArrayList<>();
        List<Long> missing = new ArrayList<>(items);
        for (Map.Entry<FolderId, FolderSetting> e : folders().entrySet()) {
            for (Kept kept : account.index().trash().all(e.getKey())) {
                if (missing.remove(kept.row())) {
                    takeOut(disk, e, kept, done, left);
                }
            }
        }
        missing.forEach(id -> left.add(new Problem("", "There is nothing of the number " + id + " in the trash.")));
        return new TakeBack(done, left);
    }

    private void takeOut(LocalDisk disk, Map.Entry<FolderId, FolderSetting> folder, Kept kept, List<Done> done,
            List<Problem> left) throws IndexException {
        String path = kept.item().original().text();
        try {
            Optional<FolderMarker> marker = FolderMarker.read(disk, folder.getValue().path())
                    .filter(m -> m.folder().equals(folder.getKey()));
            if (marker.isEmpty()) {
                left.add(new Problem(path, "The folder is not there, or is another one. It stays in the trash."));
            } else if (trash(disk, folder, marker.get()).putBack(kept)) {
                done.add(new Done(path, kept.item().entry().map(PastView::kind)
                        .orElse(org.stratobox.sync.api.Past.Kind.FILE)));
            } else {
                left.add(new Problem(path, "It could not be moved back. It stays in the trash."));
            }
        } catch (IOException e) {
            left.add(new Problem(path, "It could not be moved back (" + e.getClass().getSimpleName()
                    + "). It stays in the trash."));
        }
    }

    private Trash trash(LocalDisk disk, Map.Entry<FolderId, FolderSetting> folder, FolderMarker marker) {
        ObjectReader objects = new ObjectReader(account.index(), account.mesh().store(), account.parts().tasks(),
                CACHE_BYTES);
        return new Trash(
                new ApplyTools(disk, account.index(), objects, account.parts().tasks(), account.parts().clock(),
                        account.parts().entropy()),
                new ApplyTarget(folder.getValue().path(), marker, account.keys().folderSealer(folder.getKey()), false));
    }
}
