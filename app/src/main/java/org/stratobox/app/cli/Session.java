package org.stratobox.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;

import org.stratobox.app.control.ControlClient;
import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.FailureCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.Secret;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One run of one command: its surroundings, the options every command has, and the one way to answer.
final class Session {
    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final Secrets secrets;

    private final FailureLog failureLog;

    Session(Surroundings surroundings, GlobalOptions options, FailureLog failureLog) {
        this.surroundings = surroundings;
        this.failureLog = failureLog;
        this.options = options;
        this.secrets = new Secrets(surroundings);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Machine machine() {
        return surroundings.machine();
    }

    Screen screen() {
        return surroundings.screen();
    }

    Secrets secrets() {
        return secrets;
    }

    Stratobox engine() {
        return surroundings.engine().get();
    }

    boolean isJson() {
        return options.isJson();
    }

    /// @return the present, in the zone of people here
    ZonedDateTime now() {
        return surroundings.clock().instant().atZone(machine().zone());
    }

    /// @return a time as people here write it, to the minute
    String time(long millis) {
        return Moment.show(millis, machine().zone());
    }

    long nowMillis() {
        return surroundings.clock().millis();
    }

    /// @return the directory of settings, index and keys, whether set up or not
    Path home() {
        return options.home().orElseGet(machine()::defaultHome).toAbsolutePath().normalize();
    }

    boolean hasHome() {
        return engine().isHome(home());
    }

    Optional<Path> passphraseFile() {
        return options.passphraseFile();
    }

    /// An open home.
    ///
    /// @param account here, or in the process that holds the home
    /// @param running that process, if there is one
    record OpenHome(Account account, Optional<Running> running) implements AutoCloseable {
        /// Lets a running device act at once on what was changed.
        void wake() {
            running.ifPresent(Running::wake);
        }

        /// @return what to do so that a change takes effect, as the end of a sentence
        String next() {
            return running.isPresent() ? "It is carried out now" : "The next sync carries it out (stratobox sync)";
        }

        @Override
        public void close() {
            account.close();
        }
    }

    /// Work with a home.
    interface HomeWork {
        int run(OpenHome home) throws StratoboxException;
    }

    /// @return the account of the home; the caller closes it
    Account openAccount() throws StratoboxException {
        return openHome().account();
    }

    /// Opens the home, does the work and closes it.
    ///
    /// @return what the work gave
    int withHome(HomeWork work) throws StratoboxException {
        try (OpenHome home = openHome()) {
            return work.run(home);
        }
    }

    /// @return the home, through the process that holds it if there is one; the caller closes it
    OpenHome openHome() throws StratoboxException {
        requireHome();
        Optional<OpenHome> remote = remoteHome();
        if (remote.isPresent()) {
            return remote.get();
        }
        try {
            return new OpenHome(unlock(), Optional.empty());
        } catch (StratoboxException failure) {
            // it may have begun to run since we looked
            remote = failure.reason() == Reason.HOME_IN_USE ? remoteHome() : Optional.empty();
            return remote.orElseThrow(() -> failure);
        }
    }

    private Optional<OpenHome> remoteHome() throws StratoboxException {
        return ControlClient.connect(home()).map(r -> new OpenHome(r.account(), Optional.of(r.running())));
    }

    /// @return the account, opened by this process; the caller closes it
    Account unlock() throws StratoboxException {
        requireHome();
        try (Secret passphrase = secrets.passphrase(options.passphraseFile())) {
            return engine().open(home(), passphrase);
        }
    }

    private void requireHome() throws StratoboxException {
        if (!hasHome()) {
            throw Sentences.usage("Nothing is set up in " + home()
                    + " yet. Set this device up with: stratobox init --folder DIR --node ADDRESS");
        }
    }

    ProgressLine progress() {
        return new ProgressLine(screen(), machine());
    }

    /// Shows a result.
    ///
    /// @return the number the process ends with
    int answer(ExitCode code, Answer answer) {
        if (!isJson()) {
            answer.human(screen().out());
            return code.number();
        }
        ObjectNode json = newObject(code);
        answer.json(json);
        return print(json, code);
    }

    int answer(Answer answer) {
        return answer(ExitCode.DONE, answer);
    }

    /// Shows an expected failure: a sentence for a person, and the object a program waits for.
    int failed(StratoboxException failure) {
        return failed(ExitCode.of(failure.reason()), failure.reason().name(), sentence(failure));
    }

    /// Shows a failure nobody foresaw: never its message, which may name files.
    int failedUnexpectedly(String sentence) {
        return failed(ExitCode.FAILED, "UNEXPECTED", sentence);
    }

    /// @return a sentence without the failure's message
    String unexpected(Throwable failure) {
        FailureCode code = FailureCode.of(failure);
        String where = failureLog.write(home(), code).map(file -> " Details without names are in " + file + ".")
                .orElse("");
        return "Something went wrong that should not (code " + code.text()
                + "). What was stored before stays safe; running the command again is safe, too." + where;
    }

    int misused(String sentence) {
        return failed(ExitCode.USAGE, "USAGE", sentence);
    }

    private int failed(ExitCode code, String reason, String sentence) {
        screen().err().println(sentence);
        if (isJson()) {
            ObjectNode json = newObject(code);
            json.putObject("error").put("reason", reason.toLowerCase(Locale.ROOT)).put("message", sentence);
            print(json, code);
        }
        return code.number();
    }

    private static String sentence(StratoboxException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "It did not work. What was stored before stays safe." : message;
    }

    private static ObjectNode newObject(ExitCode code) {
        return JsonMapper.shared().createObjectNode().put("ok", code == ExitCode.DONE).put("exitCode", code.number());
    }

    private int print(ObjectNode json, ExitCode code) {
        PrintStream out = screen().out();
        out.println(json.toPrettyString());
        return code.number();
    }
}
