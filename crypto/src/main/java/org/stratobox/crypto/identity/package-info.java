/// Who signs: the account's root key, which lives only while the phrase is typed, and one random key pair per installation
/// (`format.md` 3.7). Every signature names what it is for through a [SignatureContext], so that one can never pass as
/// another. What is signed, the records, belongs to the object layer above.
@NullMarked
package org.stratobox.crypto.identity;

import org.jspecify.annotations.NullMarked;
