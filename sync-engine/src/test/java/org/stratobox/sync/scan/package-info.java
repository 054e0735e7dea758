/// Tests of the package of the same name.
@NullMarked
package org.stratobox.sync.scan;

import org.jspecify.annotations.NullMarked;
