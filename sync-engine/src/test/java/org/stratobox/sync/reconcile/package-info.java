/// Tests of the package of the same name.
@NullMarked
package org.stratobox.sync.reconcile;

import org.jspecify.annotations.NullMarked;
