/// Which paths are not synced, by rules in the syntax of `.gitignore`: the product's own list, then the files of the user,
/// the innermost first. Pure: texts in, answers out. Reading the files is the work of who walks the disk, and what an
/// ignored path means is decided there too (`sync-disk.md` 2.6: ignored is not deleted).
@NullMarked
package org.stratobox.sync.ignore;

import org.jspecify.annotations.NullMarked;
