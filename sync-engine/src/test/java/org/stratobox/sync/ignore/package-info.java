/// Tests of the rules for what is not synced.
@NullMarked
package org.stratobox.sync.ignore;

import org.jspecify.annotations.NullMarked;
