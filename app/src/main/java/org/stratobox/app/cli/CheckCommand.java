package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.CheckReport.Finding;
import org.stratobox.sync.api.CheckReport.Severity;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.CollectReport.Consent;
import org.stratobox.sync.api.CollectReport.Outcome;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Audits index, objects and nodes.
@Command(name = "check", mixinStandardHelpOptions = true, description = "Look for anything missing or damaged, here and on the nodes, and mend it.")
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--read-data", order = 1, description = "Read every stored byte, not only names and sizes.")
    private boolean readData;

    @Option(names = "--repair", order = 2, description = "Mend what can be mended.")
    private boolean repair;

    @Option(names = "--collect", order = 3, description = "Instead: free what no device and no kept version needs any more. The other devices are asked first, so it takes several calls, once a day.")
    private boolean collect;

    @Option(names = "--agree", order = 4, description = "With --collect: agree to free more than a fifth of everything.")
    private boolean agree;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        if (collect) {
            return collect();
        }
        try (Account account = session.openAccount(); ProgressLine progress = session.progress()) {
            CheckReport report = account.check(readData, repair, progress);
            progress.erase();
            return session.answer(code(report), new Audit(report, repair));
        }
    }

    private int collect() throws StratoboxException {
        return session.withHome(home -> {
            CollectReport report = home.account().collect(agree ? Consent.GIVEN : Consent.ASK);
            home.wake();
            boolean isAsking = report.outcome() == Outcome.NEEDS_CONSENT;
            return session.answer(isAsking ? ExitCode.BRAKE : ExitCode.DONE, Answer.of(report, out -> {
                out.println(Figures.printable(report.words()));
                if (isAsking) {
                    out.println("To agree: stratobox check --collect --agree");
                }
            }));
        });
    }

    /// Data that cannot be read now is a failure; less protection than wanted is work left over.
    private static ExitCode code(CheckReport report) {
        if (report.isClean()) {
            return ExitCode.DONE;
        }
        boolean isLoss = report.findings().stream().anyMatch(f -> !f.mended() && f.severity() == Severity.ERROR);
        return isLoss ? ExitCode.FAILED : ExitCode.PARTIAL;
    }

    private record Audit(CheckReport report, boolean isRepair) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println("Checked " + Figures.count(report.packs(), "package") + " of data in "
                    + Figures.count(report.shares(), "piece") + " on the nodes, " + Figures.size(report.bytesRead())
                    + " read.");
            if (report.findings().isEmpty()) {
                out.println("Nothing is missing or damaged.");
                return;
            }
            report.findings().forEach(finding -> finding(finding, out));
            if (report.isClean()) {
                out.println("Everything found was mended.");
            } else if (!isRepair) {
                out.println("To mend it: stratobox check --repair");
            }
        }

        private static void finding(Finding finding, PrintStream out) {
            String word = finding.mended() ? "MENDED " : finding.severity() == Severity.ERROR ? "ERROR  " : "WARNING";
            out.println(word + "  " + Figures.printable(finding.subject()) + ": "
                    + Figures.printable(finding.message()));
            if (!finding.mended() && !finding.fix().isBlank()) {
                out.println("         " + Figures.printable(finding.fix()));
            }
        }

        @Override
        public void json(ObjectNode json) {
            json.put("clean", report.isClean()).put("packs", report.packs()).put("shares", report.shares())
                    .put("bytesRead", report.bytesRead());
            ArrayNode findings = json.putArray("findings");
            report.findings().forEach(f -> findings.addObject()
                    .put("severity", f.severity().name().toLowerCase(Locale.ROOT)).put("subject", f.subject())
                    .put("message", f.message()).put("fix", f.fix()).put("mended", f.mended()));
        }
    }
}
