/// Seal and open, format v1 (`format.md` 3.3): one blob, one key, one message. A blob is padded to one of 193 sizes, bound to
/// its type, addressed by the SHA-256 of its bytes and readable by whoever holds the pair of that address and its read
/// key. What the bodies mean is for the object layer; this package never looks inside.
@NullMarked
package org.stratobox.crypto.envelope;

import org.jspecify.annotations.NullMarked;
