@NullMarked
package org.stratobox.sync.pace;

import org.jspecify.annotations.NullMarked;
