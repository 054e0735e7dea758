package org.stratobox.sync.ignore;

import java.util.Optional;

import org.stratobox.sync.model.RelativePath;

/// Why a path is ignored.
///
/// @param path what the rule fits: the path itself or a directory above it
/// @param pattern the rule, as written
/// @param file with the rule; empty for the product's own list
/// @param line in that file or list, from 1
public record IgnoreReason(RelativePath path, String pattern, Optional<RelativePath> file, int line) {
    @Override
    public String toString() {
        return "IgnoreReason[line " + line + "]";
    }
}
