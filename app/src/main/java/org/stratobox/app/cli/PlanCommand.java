package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.PlanReport;
import org.stratobox.sync.api.PlanReport.Direction;
import org.stratobox.sync.api.PlanReport.Line;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;

/// What a pass would do.
@Command(name = "plan", mixinStandardHelpOptions = true, description = "Show what sync would do, changing nothing; ends with the exit code sync would end with.")
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            PlanReport plan = home.account().plan();
            return session.answer(code(plan), Answer.of(plan, out -> human(plan, out)));
        });
    }

    private static ExitCode code(PlanReport plan) {
        if (!plan.held().isEmpty()) {
            return ExitCode.BRAKE;
        }
        return plan.left().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
    }

    private static void human(PlanReport plan, PrintStream out) {
        if (plan.lines().isEmpty() && plan.held().isEmpty() && plan.left().isEmpty()) {
            out.println("Nothing to do: this computer and the others have the same.");
            return;
        }
        boolean isMany = plan.lines().stream().map(Line::folder).distinct().count() > 1;
        plan.lines().forEach(line -> out.println(text(line, isMany)));
        if (!plan.held().isEmpty()) {
            out.println("Held back until you decide:");
            Holding.human(plan.held(), out);
        }
        if (!plan.left().isEmpty()) {
            out.println("Left as it is:");
            Problems.human(plan.left(), out);
        }
        out.println("Nothing was changed. Do it with: stratobox sync");
    }

    /// @return such as `send   new      photos/a.jpg  (2.1 MB, it is new here)`
    static String text(Line line, boolean withFolder) {
        String from = line.from().map(f -> Figures.printable(f) + " -> ").orElse("");
        String size = line.bytes() > 0 ? Figures.size(line.bytes()) + ", " : "";
        return (line.direction() == Direction.UP ? "send   " : "bring  ") + verb(line.action()) + "  "
                + (withFolder ? Figures.printable(line.folder()) + ":" : "") + from + Figures.printable(line.path())
                + "  (" + size + Figures.printable(line.reason()) + ")";
    }

    private static String verb(PlanReport.Action action) {
        return switch (action) {
            case CREATE -> "new    ";
            case CHANGE -> "change ";
            case ATTRIBUTES -> "details";
            case RENAME -> "rename ";
            case DELETE -> "delete ";
        };
    }
}
