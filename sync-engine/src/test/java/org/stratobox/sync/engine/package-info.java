/// The engine as a whole, on real files, real nodes and the real index.
@NullMarked
package org.stratobox.sync.engine;

import org.jspecify.annotations.NullMarked;
