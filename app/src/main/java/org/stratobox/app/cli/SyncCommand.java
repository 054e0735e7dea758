package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.api.SyncReport.Incoming;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/// One pass of everything.
@Command(name = "sync", mixinStandardHelpOptions = true, description = "Bring everything up to date once, both ways, then exit.")
final class SyncCommand implements Callable<Integer> {
    private final Session session;

    SyncCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        try (Account account = session.openAccount(); ProgressLine progress = session.progress()) {
            SyncReport report = account.sync(progress);
            progress.erase();
            return session.answer(code(report), new Passed(report));
        }
    }

    private static ExitCode code(SyncReport report) {
        if (report.incoming().held() > 0) {
            return ExitCode.BRAKE;
        }
        return report.left().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    private record Passed(SyncReport report) implements Answer {
        @Override
        public void human(PrintStream out) {
            outgoing(out);
            incoming(report.incoming(), out);
            if (report.debts() > 0) {
                out.println("Your data is stored; " + Figures.count(report.debts(), "piece")
                        + " are still missing on a node. The next sync goes on with them.");
            }
            report.warnings().forEach(warning -> out.println("Attention: " + warning));
            if (!report.left().isEmpty()) {
                out.println("Left undone, everything else is done:");
                Problems.human(report.left(), out);
            }
        }

        private void outgoing(PrintStream out) {
            String looked = Figures.count(report.filesSeen(), "entry") + " looked at in "
                    + Figures.duration(report.millis());
            if (report.filesIngested() > 0) {
                out.println("Uploaded " + Figures.count(report.filesIngested(), "file") + ", "
                        + Figures.size(report.bytesRead()) + " (" + Figures.size(report.bytesUploaded())
                        + " sent), " + Figures.rate(report.bytesRead(), report.millis()) + ". " + looked + ".");
            } else {
                boolean isQuiet = report.removed() + report.incoming().changes() + report.incoming().held() == 0;
                out.println((isQuiet ? "Nothing new. " : "Nothing to upload. ") + looked + ".");
            }
            if (report.removed() > 0) {
                out.println("Recorded as deleted: " + Figures.count(report.removed(), "entry") + ".");
            }
        }

        private static void incoming(Incoming incoming, PrintStream out) {
            if (incoming.changes() > 0) {
                out.println("Brought here from other devices: " + incoming.created() + " new, " + incoming.changed()
                        + " changed, " + incoming.renamed() + " renamed, " + incoming.deleted()
                        + " deleted (into the trash); " + Figures.size(incoming.bytes()) + " received.");
            }
            if (incoming.copies() > 0) {
                out.println("Changed on two devices at once: " + Figures.count(incoming.copies(), "file")
                        + ". Both versions are kept; the second one lies beside the first, with a device's name in its"
                        + " own.");
            }
            if (incoming.held() > 0) {
                out.println(Holding.sentence(incoming.held()));
            }
        }

        @Override
        public void json(ObjectNode json) {
            json.put("filesSeen", report.filesSeen()).put("filesIngested", report.filesIngested())
                    .put("removed", report.removed()).put("bytesRead", report.bytesRead())
                    .put("bytesSealed", report.bytesSealed()).put("bytesUploaded", report.bytesUploaded())
                    .put("published", report.published()).put("debts", report.debts())
                    .put("millis", report.millis());
            json.set("incoming", Json.tree(report.incoming()));
            report.warnings().forEach(json.putArray("warnings")::add);
            Problems.json(report.left(), json);
        }
    }
}
