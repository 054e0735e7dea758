/// Tests.
@NullMarked
package org.stratobox.app.demo;

import org.jspecify.annotations.NullMarked;
