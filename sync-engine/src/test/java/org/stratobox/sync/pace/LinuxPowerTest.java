package org.stratobox.sync.pace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.pace.Power.Supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LinuxPowerTest {
    @TempDir
    private Path temp = Path.of("");

    private void supply(String name, String... values) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name));
        for (int i = 0; i < values.length; i += 2) {
            Files.writeString(folder.resolve(values[i]), values[i + 1] + "\n");
        }
    }

    private Power now() {
        return LinuxPower.at(temp).now();
    }

    @Test
    void aLaptopOnItsBatteryIsToldFromOneOnTheMains() throws IOException {
        assertEquals(Supply.UNKNOWN, now().supply());
        supply("BAT0", "type", "Battery", "status", "Discharging");
        assertEquals(Supply.BATTERY, now().supply());
        assertTrue(now().isScarce());
        supply("AC", "type", "Mains", "online", "0");
        assertEquals(Supply.BATTERY, now().supply());
        supply("AC", "online", "1");
        assertEquals(Supply.MAINS, now().supply());
        assertFalse(now().isScarce());
    }

    @Test
    void batteriesOfOtherThingsDoNotCount() throws IOException {
        supply("mouse", "type", "Battery", "scope", "Device", "status", "Discharging");
        assertEquals(Supply.UNKNOWN, now().supply());
        assertEquals(Power.UNKNOWN, LinuxPower.at(temp.resolve("absent")).now());
    }
}
