package org.stratobox.sync.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.transfer.Patience;

/// What a pass looks at on the disk. The nodes are always asked.
///
/// @param folders name of a folder -> what to look at; folders that are not named are not looked at
/// @param everything whether all folders are looked at, named or not
record Scope(Map<String, Where> folders, boolean everything) {
    /// All of all folders, as it is.
    static final Scope EVERYTHING = new Scope(Map.of(), true);

    /// What to look at in a folder.
    ///
    /// @param directories which; empty for all
    /// @param patience with what may not be complete
    record Where(Optional<Set<RelativePath>> directories, Patience patience) {}

    /// @param folder name of a folder
    /// @return what to look at in it, if anything
    Optional<Where> of(String folder) {
        Optional<Where> named = Optional.ofNullable(folders.get(folder));
        return named.isEmpty() && everything ? Optional.of(new Where(Optional.empty(), Patience.NONE)) : named;
    }
}
