/// Tests of the package of the same name.
@NullMarked
package org.stratobox.sync.localfs;

import org.jspecify.annotations.NullMarked;
