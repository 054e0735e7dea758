package org.stratobox.app.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.FolderView;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The folders that are kept in sync.
@Command(name = "folder", mixinStandardHelpOptions = true, description = "The folders that are kept in sync.", synopsisSubcommandLabel = "add|list|remove")
final class FolderCommand {
    private final Session session;

    FolderCommand(Session session) {
        this.session = session;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Keep a folder in sync, too. Joins the folder of the same name on other devices.")
    int add(@Parameters(paramLabel = "DIR", description = "the folder") Path directory,
            @Option(names = "--name", paramLabel = "NAME", description = "its name in the account (default: the folder's own)") @Nullable String name)
            throws StratoboxException {
        Path existing = InitCommand.existing(directory);
        String called = Optional.ofNullable(name)
                .or(() -> Optional.ofNullable(existing.getFileName()).map(Path::toString))
                .orElseThrow(() -> Sentences.usage("The root of a disk has no name; give one with --name."));
        try (Account account = session.openAccount()) {
            account.addFolder(new FolderSource(existing, called));
            return session.answer(Answer.sentence("Added " + called + " in " + existing + ". Next: stratobox sync"));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the folders.")
    int list() throws StratoboxException {
        try (Account account = session.openAccount()) {
            return session.answer(new Folders(account.folders()));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Stop syncing a folder here. Deletes nothing, here or on the nodes.")
    int remove(@Parameters(paramLabel = "NAME|DIR", description = "which") String which) throws StratoboxException {
        try (Account account = session.openAccount()) {
            account.removeFolder(which);
            return session.answer(
                    Answer.sentence("Stopped syncing " + which + ". Nothing was deleted, here or on the nodes."));
        }
    }

    private record Folders(List<FolderView> folders) implements Answer {
        @Override
        public void human(PrintStream out) {
            if (folders.isEmpty()) {
                out.println("No folder yet. Add one with: stratobox folder add DIR");
            }
            Table table = new Table("FOLDER", "WHERE");
            folders.forEach(f -> table.row(f.name(), f.directory().toString()));
            table.print(out);
        }

        @Override
        public void json(ObjectNode json) {
            ArrayNode array = json.putArray("folders");
            folders.forEach(f -> array.addObject().put("name", f.name()).put("directory", f.directory().toString()));
        }
    }
}
