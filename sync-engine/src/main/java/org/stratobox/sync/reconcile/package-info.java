/// Which version wins (`sync.md` 1): pure functions over states of a folder. The same inputs give the same result on every
/// device, so devices that saw the same heads hold the same state without talking about it.
///
/// No disk, no node, no clock, no logging.
@NullMarked
package org.stratobox.sync.reconcile;

import org.jspecify.annotations.NullMarked;
