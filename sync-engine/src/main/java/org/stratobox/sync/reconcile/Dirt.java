package org.stratobox.sync.reconcile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.RelativePath;

/// Where a plan must not go: what changed on disk and is not captured.
final class Dirt {
    private final Caution caution;
    private final Map<RelativePath, RelativePath> below = new HashMap<>();

    Dirt(Caution caution) {
        this.caution = caution;
        for (RelativePath dirty : caution.dirty()) {
            Optional<RelativePath> at = Optional.of(dirty);
            while (at.isPresent() && below.putIfAbsent(at.get(), dirty) == null) {
                at = at.get().parent();
            }
        }
    }

    boolean isAt(RelativePath path) {
        return caution.dirty().contains(path);
    }

    /// @return a dirty path at or below it
    @Nullable
    RelativePath atOrBelow(RelativePath path) {
        return below.get(path);
    }

    boolean isPiecemeal(RelativePath directory) {
        return caution.piecemeal().contains(directory);
    }
}
