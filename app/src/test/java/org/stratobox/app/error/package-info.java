/// Tests.
@NullMarked
package org.stratobox.app.error;

import org.jspecify.annotations.NullMarked;
