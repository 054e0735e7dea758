package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/// One pass of everything.
@Command(name = "sync", mixinStandardHelpOptions = true, description = "Bring everything up to date once, then exit.")
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
            return session.answer(report.left().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL, new Passed(report));
        }
    }

    private record Passed(SyncReport report) implements Answer {
        @Override
        public void human(PrintStream out) {
            String looked = Figures.count(report.filesSeen(), "entry") + " looked at in "
                    + Figures.duration(report.millis());
            if (report.filesIngested() == 0 && report.removed() == 0) {
                out.println("Nothing new. " + looked + ".");
            } else {
                out.println("Uploaded " + Figures.count(report.filesIngested(), "file") + ", "
                        + Figures.size(report.bytesRead()) + " (" + Figures.size(report.bytesUploaded())
                        + " sent), " + Figures.rate(report.bytesRead(), report.millis()) + ". " + looked + ".");
            }
            if (report.removed() > 0) {
                out.println("Recorded as deleted: " + Figures.count(report.removed(), "entry") + ".");
            }
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

        @Override
        public void json(ObjectNode json) {
            json.put("filesSeen", report.filesSeen()).put("filesIngested", report.filesIngested())
                    .put("removed", report.removed()).put("bytesRead", report.bytesRead())
                    .put("bytesSealed", report.bytesSealed()).put("bytesUploaded", report.bytesUploaded())
                    .put("published", report.published()).put("debts", report.debts())
                    .put("millis", report.millis());
            report.warnings().forEach(json.putArray("warnings")::add);
            Problems.json(report.left(), json);
        }
    }
}
