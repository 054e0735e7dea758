package org.stratobox.app.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The computer a command runs on, as far as the command line looks at it.
///
/// @param environment variables of the process
/// @param userHome directory of the user
/// @param directory in which the command was given
/// @param system name of the operating system, as Java gives it
/// @param zone in which people here write times
public record Machine(Map<String, String> environment, Path userHome, Path directory, String system, ZoneId zone) {
    private static final String FOLDER = "stratobox";

    /// Copies the map.
    public Machine {
        environment = Map.copyOf(environment);
    }

    /// @param name of a variable
    /// @return its value unless absent or empty
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// @return whether a window could be opened
    public boolean hasDisplay() {
        return !isLinux() || variable("DISPLAY").isPresent() || variable("WAYLAND_DISPLAY").isPresent();
    }

    /// @return `STRATOBOX_HOME`, or where programs of this system keep the data of a user
    public Path defaultHome() {
        return variable("STRATOBOX_HOME").map(Path::of).orElseGet(this::platformHome);
    }

    private Path platformHome() {
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.contains("mac")) {
            return userHome.resolve("Library").resolve("Application Support").resolve("Stratobox");
        }
        if (lower.contains("windows")) {
            return variable("LOCALAPPDATA").map(Path::of).orElse(userHome.resolve("AppData").resolve("Local"))
                    .resolve("Stratobox");
        }
        // the XDG specification: a relative path in the variable is to be ignored
        return variable("XDG_DATA_HOME").map(Path::of).filter(Path::isAbsolute)
                .orElse(userHome.resolve(".local").resolve("share")).resolve(FOLDER);
    }

    /// @return where temporary files go
    public Path temporary() {
        return variable("TMPDIR").map(Path::of).orElse(isLinux() ? Path.of("/tmp") : userHome);
    }

    /// @return where sockets of this user may live whose paths must be short; may not exist
    public Path runtime() {
        return variable("XDG_RUNTIME_DIR").map(Path::of).filter(Path::isAbsolute).orElseGet(this::temporary)
                .resolve(FOLDER + "-" + Integer.toHexString(userHome.hashCode()));
    }

    /// @return what other devices may call this one: its host name, or a word for it
    public String deviceLabel() {
        return variable("HOSTNAME").or(() -> variable("COMPUTERNAME")).orElse("this computer");
    }

    private boolean isLinux() {
        return system.toLowerCase(Locale.ROOT).contains("linux");
    }
}
