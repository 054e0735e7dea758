/// Keys at rest on this device: one small file, opened by a passphrase, by a secret from the operating system's keyring, or
/// by both (`format.md` 3.12). Knows bytes only; where the file lives and what the payload means is decided above.
@NullMarked
package org.stratobox.crypto.keystore;

import org.jspecify.annotations.NullMarked;
