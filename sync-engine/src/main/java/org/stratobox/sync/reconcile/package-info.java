/// Which version wins (`sync.md` 1): pure functions over states of a folder. The same inputs give the same result on every
/// device, so devices that saw the same heads hold the same state without talking about it.
///
/// And what a disk has to do to show it (`sync-disk.md` 3.3): [org.stratobox.sync.reconcile.Planner] makes a
/// [org.stratobox.sync.reconcile.Plan] of the paths whose base and state differ, in four stages over
/// [org.stratobox.sync.reconcile.Node]s: directories that move in one piece, files that move, actions with what each needs,
/// order. [org.stratobox.sync.reconcile.Brake] says what of a plan a person is asked about first.
///
/// No disk, no node, no clock, no logging.
@NullMarked
package org.stratobox.sync.reconcile;

import org.jspecify.annotations.NullMarked;
