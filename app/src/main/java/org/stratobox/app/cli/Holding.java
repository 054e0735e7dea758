package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

import org.stratobox.sync.api.Brakes.HeldChange;

/// Held changes in words.
final class Holding {
    private static final int SHOWN = 10;
    private static final int SHORTEST = 6;

    private Holding() {}

    /// @return one sentence for the end of other answers
    static String sentence(long paths) {
        return "Held back: " + Figures.count(paths, "deletion")
                + " at once is more than usual, so they wait for your word. Nothing of it was carried out anywhere."
                + " See: stratobox held";
    }

    static void human(List<HeldChange> held, PrintStream out) {
        for (HeldChange change : held) {
            String id = shortest(change, held);
            out.println(id + "  " + what(change));
            change.deleted().stream().limit(SHOWN).forEach(p -> out.println("    gone      " + Figures.printable(p)));
            change.replaced().stream().limit(SHOWN).forEach(p -> out.println("    replaced  " + Figures.printable(p)));
            int more = Math.max(0, change.deleted().size() - SHOWN) + Math.max(0, change.replaced().size() - SHOWN);
            if (more > 0) {
                out.println("    ... and " + more + " more (--json names them all)");
            }
            out.println("  Do it:          stratobox approve " + id);
            out.println("  Put them back:  stratobox put-back " + id);
        }
    }

    private static String what(HeldChange change) {
        int paths = change.deleted().size() + change.replaced().size();
        String who = change.perDevice().entrySet().stream().map(e -> Figures.printable(e.getKey()) + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return Figures.printable(change.folder()) + ": " + paths + " of " + Figures.count(change.files(), "file")
                + (change.replaced().isEmpty() ? " would be gone, " : " would be gone or replaced, ")
                + (change.madeHere() ? "changed on this computer" : "changed by others (" + who + ")")
                + (change.madeHere() ? ". The others have them still." : ". They are still here.");
    }

    private static String shortest(HeldChange change, List<HeldChange> all) {
        for (int length = SHORTEST; length < change.id().length(); length++) {
            String start = change.id().substring(0, length);
            if (all.stream().filter(c -> c.id().startsWith(start)).count() == 1) {
                return start;
            }
        }
        return change.id();
    }
}
