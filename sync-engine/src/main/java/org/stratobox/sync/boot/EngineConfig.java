package org.stratobox.sync.boot;

import org.stratobox.crypto.keystore.KdfParameters;

/// What a program may choose about the engine.
///
/// @param kdf how passphrases of new homes are stretched
public record EngineConfig(KdfParameters kdf) {
    /// The product's values.
    public static final EngineConfig DEFAULT = new EngineConfig(KdfParameters.DEFAULT);
}
