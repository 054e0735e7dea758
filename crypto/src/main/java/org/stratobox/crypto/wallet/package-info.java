/// What grows from the phrase without being a storage key: the BIP-39 phrase itself and how a person may type it, the seed
/// below it, the Stratos wallet (BIP-32, address, signatures) and the four-word fingerprint of an account.
///
/// Flow: typed text -> [Parsed] -> [Mnemonic] -> [WalletSeed] -> [StratosWallet]; the storage keys take the same seed
/// through SLIP-21. Nothing here knows files, nodes or objects, and the wallet key signs and does nothing else
/// (`format.md` 2.1).
@NullMarked
package org.stratobox.crypto.wallet;

import org.jspecify.annotations.NullMarked;
