package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.stratobox.sync.api.Brakes.HeldChange;
import org.stratobox.sync.api.EngineState;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StatusReport.FolderState;
import org.stratobox.sync.api.StatusReport.NodeState;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The state of a device in both shapes.
///
/// @param session of the command
/// @param report of folders and nodes
/// @param running what the running device does; empty if none runs
/// @param details what else is to be known
record StatusText(Session session, StatusReport report, Optional<EngineState> running, Details details)
        implements
            Answer {
    /// What else is to be known.
    ///
    /// @param pausedUntilMillis if it is paused
    /// @param held what waits for the user
    /// @param unsafe the first paths that are not safe
    record Details(Optional<Long> pausedUntilMillis, List<HeldChange> held, List<FileState> unsafe) {}

    /// Nothing is safe while something waits for the user.
    boolean isSafe() {
        return report.isSafe() && details.held().isEmpty();
    }

    private long heldPaths() {
        return details.held().stream().mapToLong(c -> c.deleted().size() + c.replaced().size()).sum();
    }

    @Override
    public void human(PrintStream out) {
        out.println(isSafe() ? "Up to date and safe." : "Not everything is up to date and safe.");
        activity(out);
        if (!details.held().isEmpty()) {
            out.println(Holding.sentence(heldPaths()));
        }
        report.alarms().forEach(a -> out.println("Attention: " + Figures.printable(a.words())
                + " (stratobox alarms)"));
        out.println("Protection: " + report.protection());
        tables(out);
        if (!details.unsafe().isEmpty()) {
            out.println();
            out.println("Not safe, or not the same everywhere:");
            PathStatus.print(session, details.unsafe(), details.unsafe().size(), out);
        }
        if (report.unsafePacks() > 0) {
            out.println("Not safe yet: " + Figures.count(report.unsafePacks(), "package")
                    + " of data with too few copies. Run: stratobox sync");
        } else if (report.debts() > 0) {
            out.println("All data is stored; " + Figures.count(report.debts(), "piece")
                    + " still missing on a node. Run: stratobox sync");
        } else if (report.proof().unproven() > 0) {
            out.println("All data is stored; " + Figures.count(report.proof().unproven(), "package")
                    + " of it not proven yet. The next passes do it, or at once: stratobox check");
        }
        if (report.unread() > 0) {
            out.println("Not read yet: the newest state of " + Figures.count(report.unread(), "other device") + ".");
        }
    }

    private void activity(PrintStream out) {
        if (running.isPresent()) {
            String pass = running.get().lastPassMillis()
                    .map(t -> " Last looked at everything " + Figures.age(t, session.nowMillis()) + ".").orElse("");
            out.println("Running: " + StateWords.of(session, running.get()) + pass);
            running.get().notices().forEach(n -> out.println("Note: " + Figures.printable(n)));
        } else {
            out.println(details.pausedUntilMillis()
                    .map(t -> "Paused " + PauseCommand.words(session, t) + ". Go on with: stratobox resume")
                    .orElse("Not running: changes wait for stratobox run or stratobox sync."));
        }
    }

    private void tables(PrintStream out) {
        long now = session.nowMillis();
        Table folders = new Table("FOLDER", "STATE", "FILES", "SIZE", "VERIFIED", "WHERE");
        report.folders()
                .forEach(f -> folders.row(f.name(), state(f), Long.toString(f.files()), Figures.size(f.bytes()),
                        f.verifiedMillis().map(t -> Figures.age(t, now)).orElse("not yet"), f.directory().toString()));
        folders.print(out);
        Table nodes = new Table("NODE", "STATE", "FREE");
        report.nodes().forEach(n -> nodes.row(n.address(), n.reachable() ? n.state() : "not reachable: " + n.state(),
                n.free().map(Figures::size).orElse("unknown")));
        nodes.print(out);
    }

    private static String state(FolderState folder) {
        if (folder.problem().isPresent()) {
            return "paused: " + folder.problem().get();
        }
        List<String> parts = new ArrayList<>();
        add(parts, folder.pending(), "change", " to upload");
        add(parts, folder.waiting().incoming(), "change", " of others to bring here");
        add(parts, folder.waiting().held(), "deletion", " held back");
        add(parts, folder.waiting().conflicts(), "conflict", " to settle");
        if (!parts.isEmpty()) {
            return String.join(", ", parts);
        }
        return folder.published() ? "uploaded" : "not uploaded yet";
    }

    private static void add(List<String> parts, long count, String thing, String what) {
        if (count > 0) {
            parts.add(Figures.count(count, thing) + what);
        }
    }

    @Override
    public void json(ObjectNode json) {
        json.put("safe", isSafe()).put("protection", report.protection()).put("debts", report.debts())
                .put("unsafePacks", report.unsafePacks()).put("running", running.isPresent()).put("held", heldPaths());
        details.pausedUntilMillis().ifPresent(t -> json.put("pausedUntilMillis", t));
        running.ifPresent(state -> {
            json.put("activity", state.activity().name().toLowerCase(Locale.ROOT));
            state.lastPassMillis().ifPresent(t -> json.put("lastPassMillis", t));
            state.notices().forEach(json.putArray("notices")::add);
        });
        ArrayNode folders = json.putArray("folders");
        report.folders().forEach(f -> folder(f, folders.addObject()));
        ArrayNode nodes = json.putArray("nodes");
        report.nodes().forEach(n -> node(n, nodes.addObject()));
        json.set("unsafe", Json.tree(details.unsafe()));
        json.set("proof", Json.tree(report.proof()));
        json.put("unread", report.unread());
        json.set("alarms", Json.tree(report.alarms()));
    }

    private static void folder(FolderState folder, ObjectNode json) {
        json.put("name", folder.name()).put("directory", folder.directory().toString()).put("files", folder.files())
                .put("bytes", folder.bytes()).put("pending", folder.pending()).put("published", folder.published());
        folder.verifiedMillis().ifPresent(t -> json.put("verifiedMillis", t));
        folder.problem().ifPresent(p -> json.put("problem", p));
        json.set("waiting", Json.tree(folder.waiting()));
    }

    private static void node(NodeState node, ObjectNode json) {
        json.put("address", node.address()).put("reachable", node.reachable()).put("state", node.state());
        node.free().ifPresent(free -> json.put("free", free));
        json.set("holding", Json.tree(node.holding()));
    }
}
