/// What everything in a simulation shares: chance, time, threads and the trace, all of one seed.
@NullMarked
package org.stratobox.sync.simulation.world;

import org.jspecify.annotations.NullMarked;
