/// A disk in memory: a tree of inodes with everything real file systems do differently, faults, and what a power cut takes
/// back. Paths are only names.
@NullMarked
package org.stratobox.sync.simulation.disk;

import org.jspecify.annotations.NullMarked;
