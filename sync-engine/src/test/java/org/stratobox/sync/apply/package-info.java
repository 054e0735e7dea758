@NullMarked
package org.stratobox.sync.apply;

import org.jspecify.annotations.NullMarked;
