package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.api.History.Trashed;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What was displaced on this computer.
@Command(name = "trash", mixinStandardHelpOptions = true, description = "What syncing has displaced on this computer.", synopsisSubcommandLabel = "list|take")
final class TrashCommand {
    private final Session session;

    TrashCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List it, newest first.")
    int list(
            @Option(names = "--folder", paramLabel = "NAME", description = "only of this folder") @Nullable String folder)
            throws StratoboxException {
        record All(List<Trashed> trash) {}
        return session.withHome(home -> {
            List<Trashed> trash = home.account().history().trash(Optional.ofNullable(folder));
            Table table = new Table("ID", "SINCE", "SIZE", "", "WHERE IT WAS");
            trash.forEach(t -> table.row(Long.toString(t.id()), session.time(t.sinceMillis()), Figures.size(t.size()),
                    t.onlyHere() ? "only here" : "", t.folder() + ":" + t.path()));
            return session.answer(Answer.of(new All(trash), out -> {
                out.println(trash.isEmpty() ? "The trash is empty." : "Take something back: stratobox trash take ID");
                table.print(out);
            }));
        });
    }

    @Command(name = "take", mixinStandardHelpOptions = true, description = "Move things back to where they were; never over something else.")
    int take(
            @Parameters(paramLabel = "ID", arity = "1..*", description = "as shown by: stratobox trash list") List<Long> items)
            throws StratoboxException {
        return session.withHome(home -> {
            var back = home.account().history().takeFromTrash(items);
            home.wake();
            return TakenBack.answer(session, back, "Nothing was moved.", "Moved back from the trash");
        });
    }
}
