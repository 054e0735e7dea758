/// Words shared by the whole cryptographic module: secrets, digests, content ids, the source of randomness and
/// the one exception that leaves it. No algorithm lives here except SHA-256, which every layer needs for names.
@NullMarked
package org.stratobox.crypto;

import org.jspecify.annotations.NullMarked;
