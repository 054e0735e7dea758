@NullMarked
package org.stratobox.sync.health;

import org.jspecify.annotations.NullMarked;
