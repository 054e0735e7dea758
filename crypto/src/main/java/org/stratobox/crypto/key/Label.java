package org.stratobox.crypto.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Every purpose a key or a tag is derived for (`format.md` 3, notation). The text is part of the format and frozen; one
/// constant is one use. The context has a fixed length per purpose, which makes [#info] injective.
public enum Label {
    /// Names on the stores.
    LOCATOR("locator", 0),
    /// The prefix of an account on a store.
    TAG_ACCOUNT("tag/account", 0),
    /// The tag of a device; context: its id.
    TAG_DEVICE("tag/device", 16),
    /// Scope of heads and device records.
    HEAD_SCOPE("head", 0),
    /// Scope of the account record, commits and collection plans.
    ACCOUNT_SCOPE("account", 0),
    /// Scope of one folder; context: its id and its epoch as u32.
    FOLDER_SCOPE("folder", 20),
    /// The id of a folder; context: SHA-256 of its name.
    FOLDER_ID("folder-id", 32),
    /// Tables and AES key of the chunker of a scope.
    CHUNKER("cdc", 0),
    /// Parent of the read keys of a scope.
    BLOB_ENC("blob-enc", 0),
    /// Key of the synthetic salts of a scope.
    BLOB_SIV("blob-siv", 0),
    /// A synthetic salt; context: the first 8 header bytes and the type. The frame follows, last and once.
    SIV("siv", 9),
    /// The read key of a blob; context: the first 8 header bytes, the type, the salt.
    BLOB("blob", 41),
    /// AEAD key, nonce and commitment of a blob; context: the first 8 header bytes, the type.
    BLOB_KEYS("blob-keys", 9),
    /// The account's fingerprint; context: the public root key.
    ACCOUNT_ID("account-id", 32),
    /// Seed of an inbox key for receiving shares.
    INBOX_XWING("inbox-xwing", 0),
    /// What hides an epoch's key on its way to a device; context: the device's id and the epoch as u32.
    EPOCH_GRANT("epoch-grant", 20),
    /// The key of the keystore file; context: the header of that file.
    KEYSTORE("keystore", 59),
    /// Sealing of rows of the local index.
    LOCAL_ENC("local-enc", 0),
    /// Lookup keys of the local index.
    LOCAL_TAG("local-tag", 0);

    private final String prefix;
    private final int contextLength;

    Label(String purpose, int contextLength) {
        this.prefix = "stratobox/v1/" + purpose + '\0';
        this.contextLength = contextLength;
    }

    /// @param context byte strings whose concatenation has the length this purpose prescribes
    /// @return `"stratobox/v1/" || purpose || 0x00 || context`
    /// @throws IllegalArgumentException if the context has another length
    public byte[] info(byte[]... context) {
        byte[] head = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] out = Arrays.copyOf(head, head.length + contextLength);
        int at = head.length;
        for (byte[] part : context) {
            if (part.length > out.length - at) {
                throw new IllegalArgumentException("context of " + this + " is too long");
            }
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        if (at != out.length) {
            throw new IllegalArgumentException("context of " + this + " is too short");
        }
        return out;
    }
}
