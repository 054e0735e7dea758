package org.stratobox.sync.apply;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import org.stratobox.sync.model.RelativePath;

/// Names for what is restored while something else has its name: `name (restored 2026-11-20).ext`, then
/// `name (restored 2026-11-20 2).ext`, and so on.
///
/// @param day of the restore
record BesideNames(LocalDate day) {
    /// More than this many different things of one name are not put beside one another.
    static final int MOST = 1_000;
    private static final int MAX_EXTENSION = 32;

    /// @param name the right one
    /// @param number 0 for the right name, then the first one beside it, and so on
    /// @return a name of at most 255 bytes
    String name(String name, int number) {
        if (number == 0) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && name.length() - dot <= MAX_EXTENSION;
        String stem = hasExtension ? name.substring(0, dot) : name;
        String tail = " (restored " + day + (number == 1 ? "" : " " + number) + ")"
                + (hasExtension ? name.substring(dot) : "");
        return shortened(stem, RelativePath.MAX_NAME_BYTES - bytes(tail)) + tail;
    }

    private static String shortened(String stem, int most) {
        String out = stem;
        while (bytes(out) > most) {
            out = out.substring(0, out.offsetByCodePoints(out.length(), -1));
        }
        return out;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
