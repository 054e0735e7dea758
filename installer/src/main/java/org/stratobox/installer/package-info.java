/// What makes an installed program of the parts, and the tests that start it as a user does. No product logic.
@NullMarked
package org.stratobox.installer;

import org.jspecify.annotations.NullMarked;
