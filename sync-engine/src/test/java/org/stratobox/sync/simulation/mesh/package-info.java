/// Nodes in memory that several devices share, and everything that goes wrong on the way to them.
@NullMarked
package org.stratobox.sync.simulation.mesh;

import org.jspecify.annotations.NullMarked;
