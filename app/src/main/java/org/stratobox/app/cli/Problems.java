package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.List;

import org.stratobox.sync.api.SyncReport.Problem;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What was left, in both shapes.
final class Problems {
    private static final int SHOWN = 50;

    private Problems() {}

    static void human(List<Problem> left, PrintStream out) {
        left.stream().limit(SHOWN).forEach(
                p -> out.println("  " + Figures.printable(p.path()) + ": " + Figures.printable(p.reason())));
        if (left.size() > SHOWN) {
            out.println("  ... and " + (left.size() - SHOWN) + " more (--json names them all)");
        }
    }

    static void json(List<Problem> left, ObjectNode json) {
        ArrayNode array = json.putArray("left");
        left.forEach(p -> array.addObject().put("path", p.path()).put("reason", p.reason()));
    }
}
