/// The engine's face: what a command line, a window or a test may ask of it, as commands, reports and one exception.
/// Everything here is a value or an interface; [org.stratobox.sync.api.Stratobox] is the entry. No adapter, no SQL, no HTTP.
@NullMarked
package org.stratobox.sync.api;

import org.jspecify.annotations.NullMarked;
