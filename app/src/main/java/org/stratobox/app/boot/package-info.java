/// The program's entry and the composition of its parts, wired by hand.
@NullMarked
package org.stratobox.app.boot;

import org.jspecify.annotations.NullMarked;
