/// The derivation tree below the phrase (`format.md` 3.1): seed, account epoch, scope, and the keys of one scope. Every key
/// is made by HKDF-Expand under a label that appears once, in [org.stratobox.crypto.key.Label]. The keys of this device
/// that are random and not derived (the local index) are here too; device signing keys are in `crypto.identity`.
@NullMarked
package org.stratobox.crypto.key;

import org.jspecify.annotations.NullMarked;
