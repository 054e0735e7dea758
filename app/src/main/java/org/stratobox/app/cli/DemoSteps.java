package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The numbered steps of the demonstration: printed at once for a person, gathered for a program.
final class DemoSteps {
    private static final int NAME_WIDTH = 8;
    private static final int SHOWN = 20;

    private final PrintStream out;
    private final boolean isJson;
    private final ArrayNode gathered = JsonMapper.shared().createArrayNode();

    DemoSteps(PrintStream out, boolean isJson) {
        this.out = out;
        this.isJson = isJson;
    }

    void title(String text) {
        say(text);
        say("");
    }

    /// @param name of the step, one word
    /// @param text what happened, with its figures
    /// @param millis how long it took
    /// @param figures further numbers, for programs
    void done(String name, String text, long millis, Map<String, Long> figures) {
        ObjectNode json = gathered.addObject().put("step", name.toLowerCase(Locale.ROOT)).put("text", text)
                .put("millis", millis);
        new TreeMap<>(figures).forEach(json::put);
        say(gathered.size() + "  " + name + " ".repeat(NAME_WIDTH - name.length()) + "  " + Figures.printable(text)
                + "  [" + Figures.duration(millis) + "]");
    }

    void note(String heading, List<String> lines) {
        say("   " + heading);
        lines.stream().limit(SHOWN).forEach(line -> say("     " + Figures.printable(line)));
        if (lines.size() > SHOWN) {
            say("     ... and " + (lines.size() - SHOWN) + " more");
        }
    }

    ArrayNode json() {
        return gathered;
    }

    private void say(String line) {
        if (!isJson) {
            out.println(line);
            out.flush();
        }
    }
}
