package org.stratobox.sync.mesh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// The `config` file of an account's part of a node: it says that the part is ours and in which format.
public final class NodeMarker {
    /// The path component of the marker.
    public static final String NAME = "config";
    /// No marker of any version is longer; a reader stops there.
    public static final int MAX_BYTES = 4096;

    private static final byte[] CURRENT = "stratobox-node 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAMILY = "stratobox-node ".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern ACCOUNT_TAG = Pattern.compile("[0-9a-f]{32}");

    private NodeMarker() {}

    /// @return a new array with the marker this version writes
    public static byte[] bytes() {
        return CURRENT.clone();
    }

    /// @param found what a node holds as its marker
    /// @return whether any version of Stratobox wrote it
    public static boolean isOurs(byte[] found) {
        return found.length >= FAMILY.length && Arrays.equals(found, 0, FAMILY.length, FAMILY, 0, FAMILY.length);
    }

    /// @param found what a node holds as its marker
    /// @throws NodeException.Foreign if it is of another program or of a version this one does not know
    public static void check(byte[] found) throws NodeException.Foreign {
        if (Arrays.equals(found, CURRENT)) {
            return;
        }
        throw new NodeException.Foreign(isOurs(found)
                ? "this place was set up by a newer version of Stratobox; update this one to use it"
                : "this place belongs to another program; choose another one");
    }

    /// @param component of a path
    /// @return whether it is 32 lower-case hexadecimal digits
    public static boolean isAccountTag(String component) {
        return ACCOUNT_TAG.matcher(component).matches();
    }

    /// @param accountTagHex the account's directory on every node
    /// @return the same
    /// @throws IllegalArgumentException if it is not 32 lower-case hexadecimal digits
    public static String requireAccountTag(String accountTagHex) {
        if (!isAccountTag(accountTagHex)) {
            throw new IllegalArgumentException("an account tag is 32 lower-case hexadecimal digits");
        }
        return accountTagHex;
    }
}
