package org.stratobox.app.boot;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.stratobox.app.cli.Prompt;

/// Asks on the terminal the process was started from, also while standard output goes to a file: Java's own console is
/// there only when neither is redirected.
final class TerminalPrompt implements Prompt {
    private static final Path TERMINAL = Path.of("/dev/tty");
    private static final int MAX_ANSWER = 4096;

    TerminalPrompt() {}

    /// @return whether a person sees standard error: the launcher knows, Java does not
    static boolean isWatched() {
        return Boolean.getBoolean("stratobox.terminal.err");
    }

    @Override
    public Optional<char[]> hidden(String question) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent()) {
            return Optional.ofNullable(console.get().readPassword("%s", question));
        }
        return Boolean.getBoolean("stratobox.terminal.in") ? onTerminal(question) : Optional.empty();
    }

    private static Optional<char[]> onTerminal(String question) {
        try (OutputStream out = Files.newOutputStream(TERMINAL); InputStream in = Files.newInputStream(TERMINAL)) {
            out.write(question.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (!echo("-echo")) {
                return Optional.empty();
            }
            try {
                return Optional.of(line(in));
            } finally {
                echo("echo");
                out.write('\n');
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean echo(String mode) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", "stty " + mode + " < /dev/tty").start().waitFor() == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static char[] line(InputStream in) throws IOException {
        byte[] bytes = new byte[MAX_ANSWER];
        int length = 0;
        for (int b = in.read(); b >= 0 && b != '\n' && length < MAX_ANSWER; b = in.read()) {
            bytes[length++] = (byte) b;
        }
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
        char[] answer = new char[chars.remaining()];
        chars.get(answer);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(chars.array(), '\0');
        return answer;
    }
}
