@NullMarked
package org.stratobox.sync.watch;

import org.jspecify.annotations.NullMarked;
