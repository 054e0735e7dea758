package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;

import org.stratobox.sync.api.Devices.Alarm;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What was noticed about devices and nodes.
@Command(name = "alarms", mixinStandardHelpOptions = true, description = "What was noticed about devices and nodes and should be known.")
final class AlarmsCommand implements Callable<Integer> {
    private final Session session;

    AlarmsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        record All(List<Alarm> alarms) {}
        return session.withHome(home -> {
            List<Alarm> alarms = home.account().devices().alarms();
            return session.answer(Answer.of(new All(alarms), out -> human(alarms, out)));
        });
    }

    private void human(List<Alarm> alarms, PrintStream out) {
        if (alarms.isEmpty()) {
            out.println("Nothing odd was noticed.");
        }
        alarms.forEach(a -> {
            out.println(a.id() + "  " + Figures.printable(a.subject()) + ", "
                    + Figures.age(a.sinceMillis(), session.nowMillis()));
            out.println("  " + Figures.printable(a.words()));
        });
        if (!alarms.isEmpty()) {
            out.println("Read and understood? stratobox alarms read ID");
        }
    }

    @Command(name = "read", mixinStandardHelpOptions = true, description = "Do not show an alarm again unless it happens anew.")
    int read(@Parameters(paramLabel = "ID", description = "as shown by: stratobox alarms") String id)
            throws StratoboxException {
        return session.withHome(home -> {
            home.account().devices().acknowledge(id);
            return session.answer(Answer.sentence("It is not shown again unless it happens anew."));
        });
    }
}
