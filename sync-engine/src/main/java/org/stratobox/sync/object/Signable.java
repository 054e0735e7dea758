package org.stratobox.sync.object;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.identity.SignatureContext;

/// A record that is stored with a signature in its last key. Signed are the encoded bytes without that key, so a signature
/// covers every key this version knows.
public sealed interface Signable permits AccountRecord, DeviceRecord, EpochGrant, Head, MeshDescriptor, Succession {
    /// @return what its signature is for
    SignatureContext context();

    /// @return the encoded record without the signature: what is signed
    byte[] unsigned();

    /// @return key of the signature, one above the last other key
    int signatureKey();

    /// @return a digest that names this record in others, domain-separated by the kind of record
    Digest256 hash();
}
