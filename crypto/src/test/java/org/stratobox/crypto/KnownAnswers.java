package org.stratobox.crypto;

import java.util.HexFormat;

import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.crypto.key.ScopeKey;

/// The account of `format.md` 3.16: the phrase `abandon` x11 `about` without a passphrase, folder 000102..0f, folder epoch 0,
/// device d0d1..df.
public final class KnownAnswers {
    /// BIP-39 seed of the phrase.
    public static final String SEED = "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
            + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4";

    private KnownAnswers() {}

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static String hex(Secret secret) {
        return hex(secret.exposeCopy());
    }

    /// @return count bytes: first, first + 1, ...
    public static byte[] ascending(int first, int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (first + i);
        }
        return out;
    }

    public static MasterKeys masterKeys() {
        return MasterKeys.fromSeed(Secret.takeOwnership(hex(SEED)));
    }

    public static EpochKey epoch0() {
        try (MasterKeys master = masterKeys()) {
            return master.epoch(0);
        }
    }

    public static ScopeKey folder() {
        return epoch0().folderScope(ascending(0, 16), 0);
    }
}
