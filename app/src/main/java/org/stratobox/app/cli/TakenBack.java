package org.stratobox.app.cli;

import java.io.PrintStream;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.History.TakeBack;
import org.stratobox.sync.api.Past.Kind;

/// What was taken back or would be, in both shapes.
final class TakenBack {
    private static final int SHOWN = 50;

    private TakenBack() {}

    /// @param nothing said when there is nothing to take back
    /// @param done said before the list of what is taken back
    static int answer(Session session, TakeBack back, String nothing, String done) {
        return session.answer(back.left().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL,
                Answer.of(back, out -> human(back, nothing, done, out)));
    }

    private static void human(TakeBack back, String nothing, String done, PrintStream out) {
        out.println(back.done().isEmpty() ? nothing : done + " (" + Figures.count(back.done().size(), "path") + "):");
        back.done().stream().limit(SHOWN)
                .forEach(d -> out.println("  " + word(d.what()) + "  " + Figures.printable(d.path())));
        if (back.done().size() > SHOWN) {
            out.println("  ... and " + (back.done().size() - SHOWN) + " more (--json names them all)");
        }
        if (!back.left().isEmpty()) {
            out.println("Left as it is:");
            Problems.human(back.left(), out);
        }
    }

    static String word(Kind kind) {
        return switch (kind) {
            case FILE -> "file   ";
            case DIRECTORY -> "folder ";
            case SYMLINK -> "link   ";
            case DELETED -> "removed";
        };
    }
}
