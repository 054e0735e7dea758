package org.stratobox.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.FailureCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.Secret;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One run of one command: its surroundings, the options every command has, and the one way to answer.
final class Session {
    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final Secrets secrets;

    Session(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
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

    /// @return the account of the home; the caller closes it
    Account openAccount() throws StratoboxException {
        if (!hasHome()) {
            throw Sentences.usage("Nothing is set up in " + home()
                    + " yet. Set this device up with: stratobox init --folder DIR --node ADDRESS");
        }
        try (Secret passphrase = secrets.passphrase(options.passphraseFile())) {
            return engine().open(home(), passphrase);
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
    int failedUnexpectedly(FailureCode code, Optional<Path> log) {
        String where = log.map(file -> " Details without names are in " + file + ".").orElse("");
        return failed(ExitCode.FAILED, "UNEXPECTED", "Something went wrong that should not (code " + code.text()
                + "). What was stored before stays safe; running the command again is safe, too." + where);
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
