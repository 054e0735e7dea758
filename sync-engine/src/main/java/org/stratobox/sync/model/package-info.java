/// The immutable vocabulary of synchronisation: ids, paths, entries, version vectors. Records, enums and sealed
/// interfaces only; no I/O, no clock.
@NullMarked
package org.stratobox.sync.model;

import org.jspecify.annotations.NullMarked;
