package org.stratobox.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.NodeView;
import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The places that keep the encrypted data.
@Command(name = "node", mixinStandardHelpOptions = true, description = "The places that keep your encrypted data.", synopsisSubcommandLabel = "add|list|remove|test")
final class NodeCommand {
    private static final String ADDRESS_HELP = "folder:PATH or rest:URL";

    private final Session session;

    NodeCommand(Session session) {
        this.session = session;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Keep data on this node, too.")
    int add(@Parameters(paramLabel = "ADDRESS", description = ADDRESS_HELP) String address,
            @Option(names = "--credentials-file", paramLabel = "FILE", description = "user:password or a token") @Nullable Path credentials)
            throws StratoboxException {
        try (Account account = session.openAccount()) {
            account.addNode(source(address, credentials));
            return session
                    .answer(Answer.sentence("Added " + address + ". New data goes there too from the next sync on."));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the nodes.")
    int list() throws StratoboxException {
        try (Account account = session.openAccount()) {
            return session.answer(new Nodes(account.nodes()));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Forget a node. Refused while it holds the last copy of anything.")
    int remove(@Parameters(paramLabel = "ADDRESS", description = "as shown by node list") String address)
            throws StratoboxException {
        try (Account account = session.openAccount()) {
            account.removeNode(Secrets.absolute(address));
            return session.answer(Answer.sentence("Removed " + address + ". Nothing was deleted there."));
        }
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Try a place out; changes nothing in your account.")
    int test(@Parameters(paramLabel = "ADDRESS", description = ADDRESS_HELP) String address,
            @Option(names = "--credentials-file", paramLabel = "FILE", description = "user:password or a token") @Nullable Path credentials)
            throws StratoboxException {
        try (Account account = session.openAccount()) {
            return session.answer(new Trial(address, account.testNode(source(address, credentials))));
        }
    }

    private NodeSource source(String address, @Nullable Path credentials) throws StratoboxException {
        return session.secrets().nodes(List.of(address), Optional.ofNullable(credentials)).getFirst();
    }

    private record Nodes(List<NodeView> nodes) implements Answer {
        @Override
        public void human(PrintStream out) {
            Table table = new Table("NODE", "PLACE");
            nodes.forEach(n -> table.row(n.address(), n.domain()));
            table.print(out);
        }

        @Override
        public void json(ObjectNode json) {
            ArrayNode array = json.putArray("nodes");
            nodes.forEach(n -> array.addObject().put("id", n.id().toString()).put("address", n.address()).put("domain",
                    n.domain()));
        }
    }

    private record Trial(String address, List<String> lines) implements Answer {
        @Override
        public void human(PrintStream out) {
            out.println(address + " works.");
            lines.forEach(line -> out.println("  " + Figures.printable(line)));
        }

        @Override
        public void json(ObjectNode json) {
            json.put("address", address);
            lines.forEach(json.putArray("lines")::add);
        }
    }
}
