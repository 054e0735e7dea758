/// The architecture of the product as tests, shared by all modules through a test jar.
@NullMarked
package org.stratobox.architecture;

import org.jspecify.annotations.NullMarked;
