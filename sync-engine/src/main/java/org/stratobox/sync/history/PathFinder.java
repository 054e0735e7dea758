package org.stratobox.sync.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeReader;

/// Finds the same paths in many states of a folder. What a directory says of a name is remembered by the directory's content
/// id, so a state costs only the directories on the way that differ from those of states before. Used by one thread.
final class PathFinder {
    private final FolderReader reader;
    private final Map<Place, Optional<TreeEntry>> known = new HashMap<>();

    private record Place(Cid directory, String name) {}

    PathFinder(ObjectReader objects) {
        reader = new FolderReader(objects);
    }

    Optional<TreeEntry> find(Capability tree, RelativePath path) throws HistoryException, InterruptedException {
        Optional<Capability> directory = Optional.of(tree);
        Optional<TreeEntry> found = Optional.empty();
        for (String name : path.text().split("/", -1)) {
            if (directory.isEmpty()) {
                return Optional.empty();
            }
            found = name(directory.get(), name);
            directory = found.flatMap(TreeEntry::subtree);
        }
        return found;
    }

    private Optional<TreeEntry> name(Capability directory, String name)
            throws HistoryException, InterruptedException {
        Place place = new Place(directory.cid(), name);
        if (known.containsKey(place)) {
            return known.getOrDefault(place, Optional.empty());
        }
        Optional<TreeEntry> found;
        try {
            found = new TreeReader<>(reader::source).find(directory, name);
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        } catch (Carried e) {
            throw e.<HistoryException>rethrow();
        }
        known.put(place, found);
        return found;
    }
}
