package org.stratobox.sync.model;

import org.stratobox.crypto.Digest256;

/// What a tombstone knows about where its file went, so that an edit made elsewhere at the same time can follow it
/// (`sync.md` 1, moves). Which version was moved is part of it: only an edit of that very version may follow, an edit of an
/// older one would replace content nobody chose to replace.
///
/// @param to the path of the same file id after the move
/// @param version the vector of the entry that was moved away
/// @param content [Content#identity()] of the entry that was moved away
public record Moved(RelativePath to, VersionVector version, Digest256 content) {}
