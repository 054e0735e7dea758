package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.stratobox.sync.history.HistoryException;

/// Why something was left, in sentences for the user. None holds a path.
final class Sentences {
    static final String NAME = "This disk cannot hold a file of this name.";
    static final String OWN_NAME = "Names that start with .stratobox are kept for Stratobox itself.";
    static final String TOO_MANY = "Too many other files stand where this one belongs.";
    static final String NOT_WHOLE = "What arrived does not have the size it should have.";
    static final String NOT_THE_FOLDER = "The folder is not there, or something else is in its place. Nothing was changed.";
    static final String WAITS = "It waits for another change that could not be made yet.";
    static final String NO_ROOM = "The disk is too full. It is fetched when there is more space.";
    static final String OUTSIDE_LINK = "It links to a place outside this folder, which is not allowed on this computer.";
    static final String STOPPED = "It was not reached before the program paused.";
    static final String ODD = "It cannot be done on this disk.";
    static final String BUSY = "Another program is using it.";
    static final String NO_LINKS = "This disk has no symbolic links.";
    static final String FULL = "The disk is full. Everything restored so far is complete; free some space and restore again.";

    private static final List<String> FULL_PHRASES = List.of("no space left", "quota exceeded", "not enough space",
            "disk full");
    private static final List<String> NAME_PHRASES = List.of("name too long", "invalid argument",
            "illegal byte sequence", "invalid or incomplete multibyte");

    private Sentences() {}

    static String of(HistoryException why) {
        return switch (why) {
            case HistoryException.Unknown _ ->
                "Part of its data is not known to any index that could be read from the nodes.";
            case HistoryException.Unreadable _ -> "Part of its data cannot be read from the nodes now.";
            case HistoryException.Damaged _ -> "Part of its data is damaged.";
            default -> "The local index failed.";
        };
    }

    static String of(IOException why) {
        if (why instanceof NotWritable known) {
            return known.sentence();
        }
        if (why instanceof AccessDeniedException || says(why, List.of("permission", "not permitted", "read-only"))) {
            return "Writing here is not permitted.";
        }
        if (isFull(why)) {
            return NO_ROOM;
        }
        if (says(why, List.of("busy", "being used by another"))) {
            return BUSY;
        }
        if (says(why, NAME_PHRASES)) {
            return NAME;
        }
        return "It could not be written: " + reason(why) + ".";
    }

    static boolean isFull(IOException why) {
        return says(why, FULL_PHRASES);
    }

    private static boolean says(IOException why, List<String> phrases) {
        String reason = reason(why).toLowerCase(Locale.ROOT);
        return phrases.stream().anyMatch(reason::contains);
    }

    /// The message of a [FileSystemException] begins with the path; its reason does not.
    private static String reason(IOException why) {
        Optional<String> said = why instanceof FileSystemException f
                ? Optional.ofNullable(f.getReason())
                : Optional.ofNullable(why.getMessage());
        return said.orElse(why.getClass().getSimpleName());
    }
}
