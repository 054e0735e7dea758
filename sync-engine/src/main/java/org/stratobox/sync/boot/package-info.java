/// The composition root of the engine, wired by hand: the only place that names adapters and real clocks.
@NullMarked
package org.stratobox.sync.boot;

import org.jspecify.annotations.NullMarked;
