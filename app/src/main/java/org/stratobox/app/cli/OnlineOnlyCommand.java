package org.stratobox.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.stratobox.sync.api.Account.FolderView;
import org.stratobox.sync.api.StratoboxException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What was taken off this disk.
@Command(name = "online-only", mixinStandardHelpOptions = true, description = "List what was taken off this disk and lives on the nodes only.")
final class OnlineOnlyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FOLDER", arity = "0..1", defaultValue = "", description = "The name of a folder (default: all).")
    private String folder = "";

    OnlineOnlyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        return session.withHome(home -> {
            List<String> names = folder.isEmpty()
                    ? home.account().folders().stream().map(FolderView::name).toList()
                    : List.of(folder);
            List<Places.Place> all = new ArrayList<>();
            for (String name : names) {
                home.account().selection().onlineOnly(name).forEach(path -> all.add(new Places.Place(name, path)));
            }
            record Online(List<Places.Place> onlineOnly) {}
            return session.answer(Answer.of(new Online(all), out -> {
                if (all.isEmpty()) {
                    out.println("Everything is on this disk.");
                }
                all.forEach(p -> out.println(
                        (names.size() > 1 ? Figures.printable(p.folder()) + ":" : "") + Figures.printable(p.path())));
            }));
        });
    }
}
