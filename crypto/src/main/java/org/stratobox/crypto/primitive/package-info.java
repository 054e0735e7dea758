/// The only code that touches `javax.crypto` and Bouncy Castle: thin, stateless faces over one algorithm each, with the
/// provider named (`format.md` 4). Not for use outside the `crypto` module.
@NullMarked
package org.stratobox.crypto.primitive;

import org.jspecify.annotations.NullMarked;
