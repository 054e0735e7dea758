/// What a user is told when something does not work: exit codes, sentences, and short stable codes for the unexpected.
/// Nothing here writes to the screen.
@NullMarked
package org.stratobox.app.error;

import org.jspecify.annotations.NullMarked;
