package org.stratobox.sync.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.health.SpotCheck;
import org.stratobox.sync.history.FileObjects;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.Location;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// Asks the nodes now whether they hold everything some files consist of, because this disk is going to let go of them.
final class ProvenNow {
    private final SelectionTools tools;
    private final SyncIndex index;
    private final FileObjects files;
    private final boolean areTreesProven;

    ProvenNow(SelectionTools tools) throws IndexException {
        this.tools = tools;
        index = tools.index();
        files = new FileObjects(tools.objects());
        areTreesProven = index.proofs().provenOfTrees().isPresent();
    }

    /// @return all a file consists of, and the trees that lead to it; empty if that cannot be told, or nobody ever proved the
    /// trees
    Optional<Set<Cid>> objects(FolderId folder, RelativePath path, Entry entry)
            throws IndexException, InterruptedException {
        if (!areTreesProven) {
            return Optional.empty();
        }
        try {
            Set<Cid> all = new LinkedHashSet<>(files.of(entry));
            Optional<RelativePath> at = path.parent();
            while (at.isPresent()) {
                Optional<Capability> tree = tree(folder, at.get());
                if (tree.isEmpty()) {
                    // something in it is not published yet
                    return Optional.empty();
                }
                all.add(tree.get().cid());
                at = at.get().parent();
            }
            return Optional.of(all);
        } catch (HistoryException.IndexFailed e) {
            throw e.index();
        } catch (HistoryException e) {
            return Optional.empty();
        }
    }

    private Optional<Capability> tree(FolderId folder, RelativePath directory) throws IndexException {
        Optional<Long> row = directory.isRoot()
                ? Optional.of(index.entries().root(folder))
                : index.entries().locate(folder, directory);
        return row.isPresent() ? index.entries().subtree(row.get()) : Optional.empty();
    }

    /// What the nodes answered.
    ///
    /// @param proven objects of which enough nodes proved now that they hold them
    record Answer(Set<Cid> proven) {
        boolean covers(Collection<Cid> objects) {
            return proven.containsAll(objects);
        }
    }

    /// @param objects of files and trees
    Answer ask(Set<Cid> objects) throws IndexException, InterruptedException {
        Map<Cid, Digest256> packs = new LinkedHashMap<>();
        for (Cid object : objects) {
            index.packs().find(object).map(Location::packId).ifPresent(pack -> packs.put(object, pack));
        }
        Set<Digest256> proven = new SpotCheck(new SpotCheck.Parts(index, tools.mesh().store(),
                tools.mesh().nodes().stream().map(n -> n.spec().id()).collect(Collectors.toSet()),
                tools.parts().tasks(), tools.parts().clock(), tools.parts().entropy()))
                .these(new LinkedHashSet<>(packs.values()));
        Set<Cid> there = new HashSet<>(packs.keySet());
        there.removeIf(object -> !proven.contains(packs.get(object)));
        return new Answer(there);
    }
}
