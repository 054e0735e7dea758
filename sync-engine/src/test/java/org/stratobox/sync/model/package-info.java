/// Tests of the package of the same name.
@NullMarked
package org.stratobox.sync.model;

import org.jspecify.annotations.NullMarked;
