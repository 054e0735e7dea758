package org.stratobox.sync.watch;

import java.util.Optional;
import java.util.OptionalLong;

/// Something about watching that the user should know once.
///
/// @param kind what it is about
/// @param sentence what happened, that nothing is lost, and what to do
public record WatchNotice(Kind kind, String sentence) {
    private static final double NEAR = 0.8;

    /// What a notice is about.
    public enum Kind {
        /// The folder needs most of what the system allows to watch.
        LIMIT_NEAR,
        /// The folder needs more than the system allows to watch.
        LIMIT_REACHED,
        /// The system cannot watch this folder.
        NOT_POSSIBLE,
        /// Nobody asked for watching.
        NOT_WANTED
    }

    static WatchNotice none() {
        return new WatchNotice(Kind.NOT_WANTED, "Changes are found by looking through the folder from time to time.");
    }

    static WatchNotice notPossible() {
        return new WatchNotice(Kind.NOT_POSSIBLE, "The system does not tell changes in this folder as they happen."
                + " Nothing is lost: they are found by looking through it from time to time.");
    }

    static WatchNotice tooMany(long directories, OptionalLong limit) {
        return new WatchNotice(Kind.LIMIT_REACHED, "The system allows too few watched directories for this folder."
                + " Nothing is lost: changes are found by looking through it from time to time."
                + " To see them at once: " + command("max_user_watches", enough(directories, limit)));
    }

    static WatchNotice tooManyWatchers(OptionalLong limit) {
        return new WatchNotice(Kind.LIMIT_REACHED, "The system allows no more programs to watch folders."
                + " Nothing is lost: changes are found by looking through it from time to time."
                + " To see them at once: " + command("max_user_instances", Math.max(1024, 2 * limit.orElse(0))));
    }

    /// @param directories to be watched
    /// @param limit how many the system allows to all programs of this user
    /// @return a notice from four fifths of the limit on
    static Optional<WatchNotice> judge(long directories, OptionalLong limit) {
        if (limit.isEmpty() || directories < NEAR * limit.getAsLong()) {
            return Optional.empty();
        }
        if (directories >= limit.getAsLong()) {
            return Optional.of(tooMany(directories, limit));
        }
        return Optional.of(new WatchNotice(Kind.LIMIT_NEAR, "This folder needs " + directories + " of the "
                + limit.getAsLong() + " directories the system allows to watch. To raise the limit: "
                + command("max_user_watches", enough(directories, limit))));
    }

    /// A power of two, at least four times of what is needed, since other programs watch, too.
    private static long enough(long directories, OptionalLong limit) {
        long wanted = Math.max(524_288, Math.max(4 * directories, 2 * limit.orElse(0)));
        return Long.highestOneBit(wanted - 1) << 1;
    }

    private static String command(String setting, long value) {
        String line = "fs.inotify." + setting + "=" + value;
        return "echo " + line + " | sudo tee /etc/sysctl.d/60-stratobox.conf && sudo sysctl " + line;
    }
}
