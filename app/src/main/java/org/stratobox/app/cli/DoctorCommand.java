package org.stratobox.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/// The environment, for a bug report: nothing in it names a user, a file or a node.
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Report on this computer's environment, with no names in it.")
final class DoctorCommand implements Callable<Integer> {
    private static final Path INOTIFY = Path.of("/proc/sys/fs/inotify");

    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("stratobox", Version.text());
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory limit", Figures.size(Runtime.getRuntime().maxMemory()));
        facts.put("file names", encoding());
        facts.put("home", home());
        facts.put("display", session.machine().hasDisplay() ? "yes" : "no");
        facts.put("keyring", keyring());
        limit("max_user_watches").ifPresent(n -> facts.put("watched folders at most", n));
        limit("max_user_instances").ifPresent(n -> facts.put("watchers at most", n));
        return session.answer(new Facts(facts));
    }

    private static String encoding() {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return names.name().equals("UTF-8")
                ? "UTF-8"
                : names.name() + " (names with other letters cannot be read; use a UTF-8 locale)";
    }

    private String home() {
        Path home = session.home();
        if (!session.engine().isHome(home)) {
            return "not set up";
        }
        return Files.isWritable(home) ? "set up" : "set up, but not writable";
    }

    private String keyring() {
        return session.machine().variable("DBUS_SESSION_BUS_ADDRESS").isPresent()
                ? "perhaps (not used by this version)"
                : "none (a passphrase is asked for)";
    }

    private static Optional<String> limit(String name) {
        try {
            return Optional.of(Files.readString(INOTIFY.resolve(name)).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private record Facts(Map<String, String> facts) implements Answer {
        @Override
        public void human(PrintStream out) {
            int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
            facts.forEach((name, value) -> out.println(name + " ".repeat(width - name.length() + 2) + value));
        }

        @Override
        public void json(ObjectNode json) {
            facts.forEach((name, value) -> json.put(name.replace(' ', '_'), value));
        }
    }
}
