package org.stratobox.sync.mesh;

import java.util.Locale;

/// Where a node is, as the user writes it: `folder:PATH`, `rest:URL`, later `s3:`, `webdav:`, `kubo:` and `sds:`.
///
/// @param kind the engine, lower case
/// @param location what follows the colon
public record NodeAddress(String kind, String location) {
    /// @param text as the user writes it
    /// @return the address; its kind may still be unknown to this version
    /// @throws IllegalArgumentException with a sentence for the user if it has no kind or no location
    public static NodeAddress parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 2 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "A node address looks like folder:/path/to/folder or rest:http://host:port/");
        }
        return new NodeAddress(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind + ":" + location;
    }
}
