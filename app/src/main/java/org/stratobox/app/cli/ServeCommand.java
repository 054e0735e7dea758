package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.ExitCode;
import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.Secret;
import org.stratobox.sync.api.Stratobox.NodeServer;
import org.stratobox.sync.api.Stratobox.ServeRequest;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a node until the process is told to stop.
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Run a node: keep encrypted data of others or your own in a folder.")
final class ServeCommand implements Callable<Integer> {
    private static final String TLS_PASSWORD = "STRATOBOX_TLS_PASSWORD";

    private final Session session;

    @Option(names = "--store", paramLabel = "DIR", required = true, order = 1, description = "Where the data is kept.")
    private Path store = Path.of("");

    @Option(names = "--listen", paramLabel = "HOST:PORT", required = true, order = 2, description = "Where to listen; port 0 takes any free one.")
    private String listen = "";

    @Option(names = "--append-only", order = 3, description = "Refuse to delete anything.")
    private boolean appendOnly;

    @Option(names = "--quota", paramLabel = "SIZE", order = 4, description = "Keep at most this much, such as 10G.")
    private @Nullable String quota;

    @Option(names = "--credentials-file", paramLabel = "FILE", order = 5, description = "user:password or a token that clients must present.")
    private @Nullable Path credentialsFile;

    @Option(names = "--tls-keystore", paramLabel = "FILE", order = 6, description = "PKCS#12 file: serve https.")
    private @Nullable Path tlsKeyStore;

    @Option(names = "--tls-password-file", paramLabel = "FILE", order = 7, description = "Its password (default: "
            + TLS_PASSWORD + ", or ask).")
    private @Nullable Path tlsPasswordFile;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        ServeRequest request = request();
        try (NodeServer server = session.engine().serve(request)) {
            session.answer(Answer.sentence(server.address()));
            session.screen().out().flush();
            if (request.credentials().isEmpty() && !isLoopback(request.host())) {
                session.screen().err().println("Note: anyone who can reach this address can store and delete here. "
                        + "Give --credentials-file FILE to allow only those who know it.");
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            // the one way it ends: the process was told to stop, and the server has finished its requests
        }
        return ExitCode.DONE.number();
    }

    private ServeRequest request() throws StratoboxException {
        int colon = listen.lastIndexOf(':');
        String host = colon < 0 ? "" : listen.substring(0, colon).replaceAll("^\\[|]$", "");
        if (host.isEmpty()) {
            throw badListen();
        }
        Optional<Path> keyStore = Optional.ofNullable(tlsKeyStore);
        return new ServeRequest(store.toAbsolutePath().normalize(), host, port(listen.substring(colon + 1)),
                session.secrets().credentials(Optional.ofNullable(credentialsFile), "The credentials file"), appendOnly,
                quotaBytes(), keyStore, keyStore.isPresent() ? Optional.of(tlsPassword()) : Optional.empty());
    }

    private int port(String text) throws StratoboxException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // said below, for both cases
        }
        throw badListen();
    }

    private StratoboxException badListen() {
        return Sentences.usage("--listen takes an address and a port, such as 127.0.0.1:8000, not " + listen + ".");
    }

    private Optional<Long> quotaBytes() throws StratoboxException {
        if (quota == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Figures.parseSize(quota));
        } catch (NumberFormatException _) {
            throw Sentences.usage("--quota takes a size such as 500M, 10G or 2T, not " + quota + ".");
        }
    }

    private Secret tlsPassword() throws StratoboxException {
        Optional<Secret> file = session.secrets().credentials(Optional.ofNullable(tlsPasswordFile),
                "The TLS password file");
        if (file.isPresent()) {
            return file.get();
        }
        Optional<char[]> other = session.machine().variable(TLS_PASSWORD).map(String::toCharArray)
                .or(() -> session.screen().prompt().hidden("Password of the TLS keystore (not shown): "));
        return SecretFile
                .toSecret(other.orElseThrow(() -> Sentences.usage("The TLS keystore's password is needed: give "
                        + "it with --tls-password-file FILE or in " + TLS_PASSWORD + ".")));
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
    }
}
