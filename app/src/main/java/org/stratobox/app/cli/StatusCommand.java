package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.StatusReport;
import org.stratobox.sync.api.StatusReport.FolderState;
import org.stratobox.sync.api.StatusReport.NodeState;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The true state of this device.
@Command(name = "status", mixinStandardHelpOptions = true, description = "State of each folder and node; exit 0 only when everything is up to date and safe.")
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        try (Account account = session.openAccount()) {
            StatusReport report = account.status();
            return session.answer(code(report), new State(report, session.nowMillis()));
        }
    }

    private static ExitCode code(StatusReport report) {
        if (report.isSafe()) {
            return ExitCode.DONE;
        }
        return report.nodes().stream().noneMatch(NodeState::reachable) ? ExitCode.NO_NODE : ExitCode.PARTIAL;
    }

    private record State(StatusReport report, long nowMillis) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println(report.isSafe() ? "Up to date and safe." : "Not everything is up to date and safe.");
            out.println("Protection: " + report.protection());
            Table folders = new Table("FOLDER", "STATE", "FILES", "SIZE", "VERIFIED", "WHERE");
            report.folders().forEach(f -> folders.row(f.name(), state(f), Long.toString(f.files()),
                    Figures.size(f.bytes()),
                    f.verifiedMillis().map(t -> Figures.age(t, nowMillis)).orElse("not yet"),
                    f.directory().toString()));
            folders.print(out);
            Table nodes = new Table("NODE", "STATE", "FREE");
            report.nodes()
                    .forEach(n -> nodes.row(n.address(), n.reachable() ? n.state() : "not reachable: " + n.state(),
                            n.free().map(Figures::size).orElse("unknown")));
            nodes.print(out);
            if (report.unsafePacks() > 0) {
                out.println("Not safe yet: " + Figures.count(report.unsafePacks(), "package")
                        + " of data with too few copies. Run: stratobox sync");
            } else if (report.debts() > 0) {
                out.println("All data is stored; " + Figures.count(report.debts(), "piece")
                        + " still missing on a node. Run: stratobox sync");
            }
        }

        private static String state(FolderState folder) {
            if (folder.problem().isPresent()) {
                return "paused: " + folder.problem().get();
            }
            if (folder.pending() > 0) {
                return Figures.count(folder.pending(), "change") + " to upload";
            }
            return folder.published() ? "uploaded" : "not uploaded yet";
        }

        @Override
        public void json(ObjectNode json) {
            json.put("safe", report.isSafe()).put("protection", report.protection()).put("debts", report.debts())
                    .put("unsafePacks", report.unsafePacks());
            ArrayNode folders = json.putArray("folders");
            report.folders().forEach(f -> folder(f, folders.addObject()));
            ArrayNode nodes = json.putArray("nodes");
            report.nodes().forEach(n -> node(n, nodes.addObject()));
        }

        private static void folder(FolderState folder, ObjectNode json) {
            json.put("name", folder.name()).put("directory", folder.directory().toString()).put("files", folder.files())
                    .put("bytes", folder.bytes()).put("pending", folder.pending())
                    .put("published", folder.published());
            folder.verifiedMillis().ifPresent(t -> json.put("verifiedMillis", t));
            folder.problem().ifPresent(p -> json.put("problem", p));
        }

        private static void node(NodeState node, ObjectNode json) {
            json.put("address", node.address()).put("reachable", node.reachable()).put("state", node.state());
            node.free().ifPresent(free -> json.put("free", free));
        }
    }
}
