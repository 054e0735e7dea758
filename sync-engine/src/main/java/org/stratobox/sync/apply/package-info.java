/// Writing states onto this machine's disk.
///
/// **Restoring** ([Restorer], [FileCopy]) writes beside what is there. Entries arrive parents first; files are collected into
/// windows, whose chunks are read grouped by pack, opened, and written to temporary files beside the target, which get their
/// names when they are complete. Nothing that was there is ever replaced.
///
/// **Applying** ([PlanRun]) carries out a plan of `sync.reconcile` in a synced folder. Steps go in batches: *stage* (files are
/// made complete and durable in the own area, from local chunks where they fit), *journal* (what is going to be renamed),
/// *place* (look, rename or exchange, look at what came out, take back what was not expected), *trash*, *force the names*,
/// *base and journal in one transaction*. [Recovery] mends what a crash left, before any scan. [Trash] keeps what was
/// displaced.
///
/// No symbolic link is ever followed. Every write on a user's disk goes through [org.stratobox.sync.localfs.LocalDisk], which
/// cannot destroy anything. Deciding what should be where belongs to `sync.reconcile`.
@NullMarked
package org.stratobox.sync.apply;

import org.jspecify.annotations.NullMarked;
