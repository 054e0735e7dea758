package org.stratobox.app.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What the user chose for this device.
@Command(name = "settings", mixinStandardHelpOptions = true, description = "Show the settings of this device, or change one.")
final class SettingsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KEY", description = "Which; all are shown without it.")
    private @Nullable String key;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "What it is from now on.")
    private @Nullable String value;

    SettingsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        List<SettingKey> keys = key == null ? Arrays.asList(SettingKey.values()) : List.of(SettingKey.of(key));
        return session.withHome(home -> {
            Settings settings = home.account().settings();
            if (value != null) {
                settings = keys.getFirst().set(settings, value);
                home.account().changeSettings(settings);
            }
            return session.answer(shown(keys, settings));
        });
    }

    private static Answer shown(List<SettingKey> keys, Settings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        keys.forEach(k -> values.put(k.key(), k.shown(settings)));
        Table table = new Table("SETTING", "VALUE", "MEANING");
        keys.forEach(k -> table.row(k.key(), k.shown(settings), k.meaning()));
        return Answer.of(Map.of("settings", values), table::print);
    }
}
