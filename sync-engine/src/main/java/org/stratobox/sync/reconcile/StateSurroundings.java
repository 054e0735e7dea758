package org.stratobox.sync.reconcile;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// Both sides in memory.
final class StateSurroundings implements Surroundings {
    private final FolderState base;
    private final FolderState state;
    private final Set<RelativePath> aboveLive = new HashSet<>();

    StateSurroundings(FolderState base, FolderState state) {
        this.base = base;
        this.state = state;
        state.entries().forEach((path, entry) -> {
            Optional<RelativePath> above = entry.isLive() ? path.parent() : Optional.empty();
            while (above.isPresent() && aboveLive.add(above.get())) {
                above = above.get().parent();
            }
        });
    }

    @Override
    public Optional<Entry> base(RelativePath path) {
        return base.get(path);
    }

    @Override
    public Optional<Entry> state(RelativePath path) {
        return state.get(path);
    }

    @Override
    public boolean showsBelow(RelativePath directory) {
        return aboveLive.contains(directory);
    }
}
