package org.stratobox.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Why something is not synced by a rule.
@Command(name = "why-ignored", mixinStandardHelpOptions = true, description = "Say because of which rule a file is not synced.")
final class WhyIgnoredCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PATH", description = Places.HELP)
    private String path = "";

    WhyIgnoredCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            Places.Place place = Places.of(session, home).of(path);
            Optional<Ignores.Reason> reason = home.account().ignores().why(place.folder(), place.path());
            record Why(boolean ignored, Optional<Ignores.Reason> reason) {}
            return session.answer(Answer.of(new Why(reason.isPresent(), reason), out -> out.println(
                    reason.map(r -> words(place, r)).orElse(place + " is not ignored; it is synced."))));
        });
    }

    /// @return such as `a.o is ignored: line 3 of .stratoignore says "*.o".`
    static String words(Places.Place place, Ignores.Reason reason) {
        String where = reason.file()
                .map(file -> "line " + reason.line() + " of " + Figures.printable(file) + " says \""
                        + Figures.printable(reason.pattern()) + "\"")
                .orElseGet(() -> "nobody needs \"" + Figures.printable(reason.pattern()) + "\" on other computers");
        String through = reason.path().equals(place.path())
                ? ""
                : " (through " + Figures.printable(reason.path()) + ")";
        return place + " is ignored: " + where + through + ". It stays on this disk as it is; "
                + Ignores.FILE_NAME + " files hold the rules.";
    }
}
