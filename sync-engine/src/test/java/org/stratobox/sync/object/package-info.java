/// Tests of the package of the same name.
@NullMarked
package org.stratobox.sync.object;

import org.jspecify.annotations.NullMarked;
