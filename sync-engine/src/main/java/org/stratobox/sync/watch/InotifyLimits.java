package org.stratobox.sync.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How much the system lets all programs of a user watch.
///
/// @param directories or empty where they are not counted
/// @param watchers number of programs and folders, or empty where they are not counted
record InotifyLimits(OptionalLong directories, OptionalLong watchers) {
    private static final Path LIMITS = Path.of("/proc/sys/fs/inotify");

    static InotifyLimits ofSystem() {
        return new InotifyLimits(read("max_user_watches"), read("max_user_instances"));
    }

    private static OptionalLong read(String name) {
        byte[] text = new byte[32];
        try (InputStream in = Files.newInputStream(LIMITS.resolve(name))) {
            // in one go: these files show nothing but their first bytes to who reads them in pieces, as readString does
            int length = Math.max(0, in.read(text));
            return OptionalLong.of(Long.parseLong(new String(text, 0, length, StandardCharsets.US_ASCII).strip()));
        } catch (IOException | NumberFormatException e) {
            // not Linux, or a system that hides it
            return OptionalLong.empty();
        }
    }
}
