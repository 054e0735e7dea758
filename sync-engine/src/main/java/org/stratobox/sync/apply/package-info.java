/// Writing the state of a folder onto this machine's disk: [Restorer] for a directory, [FileCopy] for one file into a stream.
///
/// Entries arrive parents first. Files are collected into windows; a window's chunks are read grouped by pack, opened,
/// and written to temporary files beside the target, which get their names when they are complete. Nothing that was there
/// is ever replaced, and no symbolic link is ever followed.
@NullMarked
package org.stratobox.sync.apply;

import org.jspecify.annotations.NullMarked;
