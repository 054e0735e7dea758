package org.stratobox.sync.reconcile;

import java.util.Set;

import org.stratobox.sync.model.RelativePath;

/// What a planner must not touch.
///
/// @param dirty paths known to have changed on disk that are not captured in base yet, also such as base does not know
/// @param piecemeal directories, old path, whose renaming in one piece failed: what is in them is moved one by one
public record Caution(Set<RelativePath> dirty, Set<RelativePath> piecemeal) {
    /// Nothing to beware of.
    public static final Caution NONE = new Caution(Set.of(), Set.of());

    /// Copies the sets.
    public Caution {
        dirty = Set.copyOf(dirty);
        piecemeal = Set.copyOf(piecemeal);
    }

    /// @param paths changed on disk and not captured
    /// @return beware of these alone
    public static Caution of(Set<RelativePath> paths) {
        return new Caution(paths, Set.of());
    }
}
