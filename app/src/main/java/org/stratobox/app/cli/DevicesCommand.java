package org.stratobox.app.cli;

import java.util.List;
import java.util.Locale;

import org.stratobox.app.error.ExitCode;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Devices.DeviceView;
import org.stratobox.sync.api.Devices.Removal;
import org.stratobox.sync.api.Devices.State;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The devices of the account.
@Command(name = "devices", mixinStandardHelpOptions = true, description = "The devices of your account.", synopsisSubcommandLabel = "list|rename|remove")
final class DevicesCommand {
    private final Session session;

    DevicesCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List them.")
    int list() throws StratoboxException {
        record All(List<DeviceView> devices) {}
        return session.withHome(home -> {
            List<DeviceView> devices = home.account().devices().list();
            Table table = new Table("DEVICE", "STATE", "LAST SEEN", "ID");
            devices.forEach(d -> table.row(d.label() + (d.isThis() ? " (this one)" : ""), state(d.state()),
                    d.lastMillis() == 0 ? "never" : Figures.age(d.lastMillis(), session.nowMillis()), d.id()));
            return session.answer(Answer.of(new All(devices), table::print));
        });
    }

    private static String state(State state) {
        return switch (state) {
            case ACTIVE -> "in use";
            case DORMANT -> "not seen for a week";
            case HELD -> "HELD, see: stratobox alarms";
            case RESTING -> "goes on under a new identity";
            case REMOVED -> "removed";
        };
    }

    @Command(name = "rename", mixinStandardHelpOptions = true, description = "Give a device another name. Asks for your recovery phrase.")
    int rename(@Parameters(paramLabel = "DEVICE", description = "its name or id") String device,
            @Parameters(paramLabel = "NAME", description = "the new name") String name, @Mixin PhraseOption phrase)
            throws StratoboxException {
        return session.withHome(home -> {
            try (Mnemonic words = session.secrets().phrase(phrase.file())) {
                home.account().devices().rename(device, name, words);
            }
            return session.answer(Answer.sentence(Figures.printable(device) + " is called " + Figures.printable(name)
                    + " from now on. Files keep their names."));
        });
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Shut out a device that is lost or given away. Asks for your recovery phrase.")
    int remove(@Parameters(paramLabel = "DEVICE", description = "its name or id") String device,
            @Mixin PhraseOption phrase) throws StratoboxException {
        return session.withHome(home -> {
            Removal removal;
            try (Mnemonic words = session.secrets().phrase(phrase.file())) {
                removal = home.account().devices().remove(device, words);
            }
            return session.answer(removal.debts() == 0 ? ExitCode.DONE : ExitCode.PARTIAL,
                    Answer.of(removal, out -> out.println(words(device, removal))));
        });
    }

    private static String words(String device, Removal removal) {
        return String.format(Locale.ROOT,
                "%s is removed. What is written from now on it cannot read; what it has on its "
                        + "disk it keeps. %s will take the new keys by themselves.%s",
                Figures.printable(device),
                Figures.count(removal.following(), "other device"),
                removal.debts() == 0
                        ? ""
                        : " " + Figures.count(removal.debts(), "node") + " could not be told yet; the next sync does.");
    }
}
