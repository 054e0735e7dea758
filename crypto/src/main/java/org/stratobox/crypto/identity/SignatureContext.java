package org.stratobox.crypto.identity;

import java.nio.charset.StandardCharsets;

/// What a signature is for. The signed bytes are `"stratobox/v1/sig/<name>" || 0x00 || message` (`format.md` 3.7).
public enum SignatureContext {
    /// A device record, signed by the root.
    DEVICE("device"),
    /// An account record, signed by the root.
    ACCOUNT("account"),
    /// A head, signed by its device.
    HEAD("head"),
    /// A share head or grant.
    SHARE("share"),
    /// A mesh descriptor, signed by a device.
    MESH("mesh"),
    /// A succession, signed by the device that is left to rest.
    SUCCESSION("succession"),
    /// Keys of the next epoch, signed by the root.
    EPOCH("epoch");

    private final String prefix;

    SignatureContext(String name) {
        prefix = "stratobox/v1/sig/" + name + "\0";
    }

    byte[] input(byte[] message) {
        byte[] start = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[start.length + message.length];
        System.arraycopy(start, 0, out, 0, start.length);
        System.arraycopy(message, 0, out, start.length, message.length);
        return out;
    }
}
