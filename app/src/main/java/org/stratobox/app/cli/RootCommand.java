package org.stratobox.app.cli;

import java.util.concurrent.Callable;

import org.stratobox.app.error.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stratobox` without a command: the place of the desktop app.
@Command(name = "stratobox", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Keeps folders in sync and safe on a mesh of nodes that nobody has to trust.")
final class RootCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    RootCommand(Session session, GlobalOptions options) {
        this.session = session;
        this.options = options;
    }

    @Override
    public Integer call() {
        String reason = session.machine().hasDisplay()
                ? "The desktop app is not part of this version yet."
                : "There is no display here, so there is no window to open.";
        session.misused(reason + System.lineSeparator()
                + "Use a command, for example: stratobox demo, init, sync, status, restore. All of them: stratobox --help");
        return ExitCode.USAGE.number();
    }

    @Override
    public String toString() {
        return "RootCommand[json=" + options.isJson() + "]";
    }
}
