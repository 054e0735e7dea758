package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which nodes, and how they know us.
final class NodeOptions {
    private static final Set<String> KINDS = Set.of("folder", "rest", "s3", "webdav", "kubo", "sds");

    @Option(names = "--node", paramLabel = "ADDRESS...", arity = "1", parameterConsumer = Addresses.class, order = 10, description = "Where the encrypted data lives: folder:PATH or rest:URL. Several may follow.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--credentials-file", paramLabel = "FILE", order = 11, description = "user:password or a token for the nodes; \"ADDRESS user:password\" on a line is for one of them.")
    private @Nullable Path credentialsFile;

    List<String> addresses() {
        return List.copyOf(addresses);
    }

    List<NodeSource> sources(Secrets secrets) throws StratoboxException {
        return secrets.nodes(addresses, Optional.ofNullable(credentialsFile));
    }

    /// Takes the addresses that follow `--node` and leaves what is none, so that paths may come after them.
    static final class Addresses implements IParameterConsumer {
        Addresses() {}

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            List<String> addresses = option.getValue();
            if (arguments.isEmpty() || arguments.peek().startsWith("-")) {
                throw new ParameterException(command.commandLine(),
                        "--node needs an address, such as folder:/mnt/disk or rest:http://host:8000/");
            }
            addresses.add(arguments.pop());
            while (!arguments.isEmpty() && isAddress(arguments.peek())) {
                addresses.add(arguments.pop());
            }
        }

        private static boolean isAddress(String text) {
            int colon = text.indexOf(':');
            return colon > 0 && KINDS.contains(text.substring(0, colon));
        }
    }
}
