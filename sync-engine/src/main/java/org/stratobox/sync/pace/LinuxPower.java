package org.stratobox.sync.pace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.stratobox.sync.pace.Power.Network;
import org.stratobox.sync.pace.Power.Supply;

/// What the Linux kernel says of the power supplies (`/sys/class/power_supply`). What the network costs only desktop
/// services know; it is not asked.
public final class LinuxPower implements PowerState {
    private final Path supplies;

    private LinuxPower(Path supplies) {
        this.supplies = supplies;
    }

    /// @return of this computer; [PowerState#UNKNOWN] where the kernel does not show it
    public static PowerState orUnknown() {
        return at(Path.of("/sys/class/power_supply"));
    }

    static PowerState at(Path supplies) {
        return Files.isDirectory(supplies) ? new LinuxPower(supplies) : PowerState.UNKNOWN;
    }

    @Override
    public Power now() {
        boolean isDischarging = false;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
            for (Path supply : all) {
                if (!read(supply, "type").equals("Battery")) {
                    if (read(supply, "online").equals("1")) {
                        return new Power(Supply.MAINS, Network.UNKNOWN);
                    }
                } else if (!read(supply, "scope").equals("Device")) {
                    // batteries of mice and keyboards do not count
                    isDischarging |= read(supply, "status").equals("Discharging");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Power.UNKNOWN;
        }
        return new Power(isDischarging ? Supply.BATTERY : Supply.UNKNOWN, Network.UNKNOWN);
    }

    /// One value, empty if there is none.
    private static String read(Path supply, String name) {
        byte[] text = new byte[64];
        try (InputStream in = Files.newInputStream(supply.resolve(name))) {
            return new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
