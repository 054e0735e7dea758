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
        return withTail(name, "(restored " + day + (number == 1 ? "" : " " + number) + ")");
    }

    /// @param name any name
    /// @param tail to put behind it, short
    /// @return both, of at most 255 bytes; the name is shortened if need be
    static String fitted(String name, String tail) {
        return shortened(name, RelativePath.MAX_NAME_BYTES - bytes(tail)) + tail;
    }

    /// @param name a name
    /// @param tail to put before its extension, with a space
    /// @return a name of at most 255 bytes
    static String withTail(String name, String tail) {
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && name.length() - dot <= MAX_EXTENSION;
        return hasExtension
                ? fitted(name.substring(0, dot), " " + tail + name.substring(dot))
                : fitted(name, " " + tail);
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
