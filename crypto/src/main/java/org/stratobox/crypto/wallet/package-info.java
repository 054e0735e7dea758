/// The phrase and what a wallet makes of it: BIP-39, BIP-32, SLIP-21, the Stratos wallet. Everything below the symmetric
/// key tree's nodes is in `crypto.key`.
@NullMarked
package org.stratobox.crypto.wallet;

import org.jspecify.annotations.NullMarked;
