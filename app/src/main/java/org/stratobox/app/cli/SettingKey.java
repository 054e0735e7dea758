package org.stratobox.app.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.Settings.Economy;
import org.stratobox.sync.api.StratoboxException;

/// What a user can set, by the name it has on the command line.
enum SettingKey {
    /// Limit of sending.
    UP("most that is sent in a second: 500k, 2M or none", s -> rate(s.up()), (d, v) -> d.up = rate(v)),
    /// Limit of receiving.
    DOWN("most that is received in a second: 500k, 2M or none", s -> rate(s.down()), (d, v) -> d.down = rate(v)),
    /// On battery.
    ON_BATTERY("while on battery: normal, careful (small new files only) or pause", s -> word(s.onBattery()), (d,
            v) -> d.onBattery = economy(v)),
    /// On a connection paid by volume.
    ON_METERED("while the connection is paid by volume: normal, careful or pause", s -> word(s.onMetered()), (d,
            v) -> d.onMetered = economy(v)),
    /// Brake.
    BRAKE_FILES("more deletions than this at once wait for your word", s -> Integer.toString(s.brakeFiles()), (d,
            v) -> d.brakeFiles = Integer.parseInt(v)),
    /// Brake.
    BRAKE_PERCENT("the same, as a share of a folder's files; the smaller counts", s -> Integer
            .toString(s.brakePercent()), (d, v) -> d.brakePercent = Integer.parseInt(v)),
    /// Trash.
    TRASH_DAYS("how long the trash of this computer keeps things", s -> Integer.toString(s.trashDays()), (d,
            v) -> d.trashDays = Integer.parseInt(v)),
    /// Versions.
    KEEP_ALL_DAYS("how long every version is kept on the nodes, at least 7", s -> Integer.toString(s.keepAllDays()), (d,
            v) -> d.keepAllDays = Integer.parseInt(v)),
    /// Links.
    LINKS_OUTSIDE("make symbolic links that point out of a folder: yes or no", s -> s.linksOutside() ? "yes" : "no", (d,
            v) -> d.linksOutside = yes(v));

    private final String meaning;
    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<Settings, String> shown;
    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final BiConsumer<SettingsDraft, String> set;

    SettingKey(String meaning, Function<Settings, String> shown, BiConsumer<SettingsDraft, String> set) {
        this.meaning = meaning;
        this.shown = shown;
        this.set = set;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String meaning() {
        return meaning;
    }

    String shown(Settings settings) {
        return shown.apply(settings);
    }

    /// @return the settings with this one changed
    Settings set(Settings settings, String value) throws StratoboxException {
        SettingsDraft draft = new SettingsDraft(settings);
        try {
            set.accept(draft, value.strip().toLowerCase(Locale.ROOT));
            return draft.settings();
        } catch (IllegalArgumentException _) {
            throw Sentences.usage("\"" + value + "\" does not fit " + key() + " (" + meaning
                    + "). Nothing was changed.");
        }
    }

    static SettingKey of(String key) throws StratoboxException {
        Optional<SettingKey> found = Arrays.stream(values()).filter(k -> k.key().equals(key)).findFirst();
        return found.orElseThrow(() -> Sentences.usage("There is no setting " + key + ". The settings are: "
                + Arrays.stream(values()).map(SettingKey::key).collect(Collectors.joining(", ")) + "."));
    }

    /// @param value such as `500k`, `2M`, `2 MB/s`, `none`
    /// @return bytes per second
    /// @throws IllegalArgumentException if it is no rate
    static OptionalLong rate(String value) {
        String clean = value.strip().toLowerCase(Locale.ROOT).replaceAll("/s$", "");
        return clean.equals("none") ? OptionalLong.empty() : OptionalLong.of(Figures.parseSize(clean));
    }

    static String rate(OptionalLong bytes) {
        return bytes.isPresent() ? Figures.size(bytes.getAsLong()) + "/s" : "none";
    }

    static Economy economy(String value) {
        return Economy.valueOf(value.toUpperCase(Locale.ROOT));
    }

    static String word(Economy economy) {
        return economy.name().toLowerCase(Locale.ROOT);
    }

    private static boolean yes(String value) {
        return switch (value) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException("neither yes nor no");
        };
    }
}
