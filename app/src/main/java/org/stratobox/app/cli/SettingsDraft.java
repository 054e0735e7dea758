package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.Settings.Economy;
import org.stratobox.sync.api.Settings.Span;

/// Settings while a command changes one of them.
final class SettingsDraft {
    Optional<Long> pausedUntilMillis;
    OptionalLong up;
    OptionalLong down;
    List<Span> schedule;
    Economy onBattery;
    Economy onMetered;
    int brakeFiles;
    int brakePercent;
    int trashDays;
    int keepAllDays;
    boolean linksOutside;

    SettingsDraft(Settings from) {
        pausedUntilMillis = from.pausedUntilMillis();
        up = from.up();
        down = from.down();
        schedule = from.schedule();
        onBattery = from.onBattery();
        onMetered = from.onMetered();
        brakeFiles = from.brakeFiles();
        brakePercent = from.brakePercent();
        trashDays = from.trashDays();
        keepAllDays = from.keepAllDays();
        linksOutside = from.linksOutside();
    }

    /// @throws IllegalArgumentException if a number is out of its range
    Settings settings() {
        return new Settings(pausedUntilMillis, up, down, schedule, onBattery, onMetered, brakeFiles, brakePercent,
                trashDays, keepAllDays, linksOutside);
    }
}
