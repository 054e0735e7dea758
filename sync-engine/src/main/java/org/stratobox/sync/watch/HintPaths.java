package org.stratobox.sync.watch;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;

import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;

/// From paths of a watcher to hints about a folder.
final class HintPaths {
    private HintPaths() {}

    /// @param root of the folder
    /// @param path at which something is new or different
    /// @return the hint; empty if it is our own or not in the folder
    static Optional<Hint> touched(Path root, Path path) {
        return place(root, path).map(place -> new Hint.Touched(place.path()));
    }

    /// @param root of the folder
    /// @param path at which nothing is any more
    /// @return the hint; empty if it is our own or not in the folder
    static Optional<Hint> gone(Path root, Path path) {
        return place(root, path)
                .map(place -> place.exact() ? new Hint.Gone(place.path()) : new Hint.Touched(place.path()));
    }

    /// Where something is; not exact if its name, or one above it, cannot be synced: then its nearest directory that can is
    /// to be looked at, so a name stands in.
    private record Place(RelativePath path, boolean exact) {}

    private static Optional<Place> place(Path root, Path path) {
        if (!path.startsWith(root) || path.equals(root)) {
            return Optional.empty();
        }
        RelativePath at = RelativePath.ROOT;
        for (Path name : root.relativize(path)) {
            String text = name.toString();
            if (text.startsWith(FolderMarker.OWN_PREFIX)) {
                return Optional.empty();
            }
            try {
                at = at.resolve(Normalizer.normalize(text, Normalizer.Form.NFC));
            } catch (NameException e) {
                return Optional.of(new Place(at.child("?"), false));
            }
        }
        return Optional.of(new Place(at, true));
    }
}
