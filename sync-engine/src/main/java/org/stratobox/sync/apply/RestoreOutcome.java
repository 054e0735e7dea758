package org.stratobox.sync.apply;

import java.util.List;
import java.util.Optional;

/// What a restore did.
///
/// @param files files and symbolic links written
/// @param kept files and links that were there already, equal
/// @param beside of the written ones, those under another name because something else had theirs
/// @param bytes plaintext bytes written
/// @param left what could not be restored, at most [#MOST_LEFT] of them
/// @param leftMore how many more could not be restored
/// @param stopped why the restore ended early, a sentence
public record RestoreOutcome(long files, long kept, long beside, long bytes, List<Left> left, long leftMore,
        Optional<String> stopped) {
    /// Most entries of the list of what was left.
    public static final int MOST_LEFT = 10_000;

    /// Something that was not restored.
    ///
    /// @param path from the folder's root
    /// @param reason a sentence
    public record Left(String path, String reason) {}
}
