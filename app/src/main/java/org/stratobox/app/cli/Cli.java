package org.stratobox.app.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line. To stop it, interrupt the thread that runs it.
public final class Cli {
    private final Surroundings surroundings;
    private final FailureLog failureLog;

    /// @param surroundings what commands get from outside
    /// @param failureLog where unexpected failures are written down
    public Cli(Surroundings surroundings, FailureLog failureLog) {
        this.surroundings = surroundings;
        this.failureLog = failureLog;
    }

    /// @param arguments as given to the process
    /// @return what the process should end with
    public int run(String... arguments) {
        GlobalOptions options = new GlobalOptions();
        Session session = new Session(surroundings, options, failureLog);
        CommandLine line = commands(session, options);
        line.setExecutionExceptionHandler((failure, _, _) -> explained(session, failure));
        line.setParameterExceptionHandler((wrong, _) -> misused(session, wrong));
        try {
            return line.execute(arguments);
        } finally {
            surroundings.screen().out().flush();
            surroundings.screen().err().flush();
        }
    }

    private CommandLine commands(Session session, GlobalOptions options) {
        CommandLine line = new CommandLine(new RootCommand(session, options));
        line.addSubcommand(new DemoCommand(session)).addSubcommand(new InitCommand(session))
                .addSubcommand(new SyncCommand(session)).addSubcommand(new StatusCommand(session))
                .addSubcommand(new RestoreCommand(session)).addSubcommand(new LsCommand(session))
                .addSubcommand(new CatCommand(session)).addSubcommand(new CheckCommand(session))
                .addSubcommand(new ServeCommand(session)).addSubcommand(new WalletCommand(session))
                .addSubcommand(new NodeCommand(session)).addSubcommand(new FolderCommand(session))
                .addSubcommand(new DoctorCommand(session));
        syncing(line, session);
        past(line, session);
        everyCommand(line);
        line.setOut(writer(surroundings.screen().out()));
        line.setErr(writer(surroundings.screen().err()));
        line.setColorScheme(Help.defaultColorScheme(surroundings.screen().terminal() ? Help.Ansi.ON : Help.Ansi.OFF));
        // a file may be called @something
        line.setExpandAtFiles(false);
        return line;
    }

    private static void syncing(CommandLine line, Session session) {
        line.addSubcommand(new RunCommand(session)).addSubcommand(new PlanCommand(session))
                .addSubcommand(new HeldCommand(session)).addSubcommand(new ApproveCommand(session))
                .addSubcommand(new PutBackCommand(session)).addSubcommand(new PauseCommand(session))
                .addSubcommand(new ResumeCommand(session)).addSubcommand(new LimitsCommand(session))
                .addSubcommand(new ScheduleCommand(session)).addSubcommand(new SettingsCommand(session))
                .addSubcommand(new FreeCommand(session)).addSubcommand(new KeepCommand(session))
                .addSubcommand(new OnlineOnlyCommand(session)).addSubcommand(new WhyIgnoredCommand(session))
                .addSubcommand(new DevicesCommand(session)).addSubcommand(new AlarmsCommand(session));
    }

    private static void past(CommandLine line, Session session) {
        line.addSubcommand(new LogCommand(session)).addSubcommand(new UndoCommand(session))
                .addSubcommand(new VersionsCommand(session)).addSubcommand(new RevertCommand(session))
                .addSubcommand(new TrashCommand(session));
    }

    private static void everyCommand(CommandLine line) {
        line.getCommandSpec().usageMessage().sortOptions(false);
        line.getSubcommands().values().forEach(Cli::everyCommand);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int explained(Session session, Exception failure) {
        if (failure instanceof StratoboxException expected) {
            return session.failed(expected);
        }
        // a call that cannot fail here can, if it travels to another process
        if (failure.getCause() instanceof StratoboxException expected) {
            return session.failed(expected);
        }
        return session.failedUnexpectedly(session.unexpected(failure));
    }

    private static int misused(Session session, ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String hint = "See: " + command + " --help";
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            hint = "Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "? " + hint;
        }
        return session.misused(wrong.getMessage() + System.lineSeparator() + hint);
    }
}
