/// Tests.
@NullMarked
package org.stratobox.app.boot;

import org.jspecify.annotations.NullMarked;
