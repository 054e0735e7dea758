package org.stratobox.app.cli;

import java.util.OptionalLong;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How much of the connection may be used.
@Command(name = "limits", mixinStandardHelpOptions = true, description = "Show or change how much of the connection is used.")
final class LimitsCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--up", paramLabel = "RATE", order = 1, description = "Send at most so much in a second: 500k, 2M, or none for no limit.")
    private @Nullable String up;

    @Option(names = "--down", paramLabel = "RATE", order = 2, description = "Receive at most so much in a second.")
    private @Nullable String down;

    LimitsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            Settings settings = home.account().settings();
            if (up != null) {
                settings = SettingKey.UP.set(settings, up);
            }
            if (down != null) {
                settings = SettingKey.DOWN.set(settings, down);
            }
            if (up != null || down != null) {
                home.account().changeSettings(settings);
            }
            return session.answer(shown(settings));
        });
    }

    private static Answer shown(Settings settings) {
        record Limits(OptionalLong up, OptionalLong down) {}
        return Answer.of(new Limits(settings.up(), settings.down()),
                out -> out.println("Sending: " + word(SettingKey.rate(settings.up())) + ". Receiving: "
                        + word(SettingKey.rate(settings.down())) + "."));
    }

    private static String word(String rate) {
        return rate.equals("none") ? "no limit" : "at most " + rate;
    }
}
