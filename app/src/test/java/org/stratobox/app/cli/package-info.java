/// Tests.
@NullMarked
package org.stratobox.app.cli;

import org.jspecify.annotations.NullMarked;
