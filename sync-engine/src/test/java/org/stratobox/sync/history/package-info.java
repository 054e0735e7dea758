@NullMarked
package org.stratobox.sync.history;

import org.jspecify.annotations.NullMarked;
