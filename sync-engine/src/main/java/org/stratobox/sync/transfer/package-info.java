/// The way up: files are read, cut, sealed and packed; packs go to the nodes; trees, commit, pack index and head follow,
/// each only after what it names is safe (`sync-disk.md` 4.1).
@NullMarked
package org.stratobox.sync.transfer;

import org.jspecify.annotations.NullMarked;
