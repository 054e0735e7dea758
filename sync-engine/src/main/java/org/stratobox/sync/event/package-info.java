/// What the engine tells while it works: values only.
@NullMarked
package org.stratobox.sync.event;

import org.jspecify.annotations.NullMarked;
