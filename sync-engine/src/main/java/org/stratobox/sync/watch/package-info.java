/// Hints of the operating system that something changed, and when to act on them. Nothing about correctness depends on a
/// hint: they may be late, doubled or missing, and scans decide (`sync.md` 3, `sync-disk.md` 2.2). The only adapter is
/// [org.stratobox.sync.watch.DirectoryFolderWatcher]; everything else is pure and takes its time from a ticker. Reading
/// the disk and deciding what changed does not belong here.
@NullMarked
package org.stratobox.sync.watch;

import org.jspecify.annotations.NullMarked;
