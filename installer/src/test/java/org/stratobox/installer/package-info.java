/// The launcher and the program as processes, as a user starts them.
@NullMarked
package org.stratobox.installer;

import org.jspecify.annotations.NullMarked;
