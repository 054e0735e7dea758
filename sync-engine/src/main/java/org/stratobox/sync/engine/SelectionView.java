package org.stratobox.sync.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.sync.api.Selection;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.event.Progress.Phase;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.transfer.TransferException;

/// Choosing what is on this disk, for the user. Every call takes the account's turn, as a pass does.
final class SelectionView implements Selection {
    private final Turn turn;

    /// Runs work on the account while nothing else does.
    @FunctionalInterface
    interface Turn {
        /// @param <T> what the work makes
        <T> T take(Work<T> work) throws StratoboxException;
    }

    /// Work on an account.
    ///
    /// @param <T> what it makes
    @FunctionalInterface
    interface Work<T> {
        T on(SelectionTools tools, Folders folders) throws StratoboxException, IndexException, TransferException,
                PackException, HistoryException, InterruptedException;
    }

    /// Knows the folders of this device.
    @FunctionalInterface
    interface Folders {
        /// @throws StratoboxException with `USAGE` if there is none of that name
        FolderSetting named(String name) throws StratoboxException;
    }

    SelectionView(Turn turn) {
        this.turn = turn;
    }

    @Override
    public Freed freeUp(String folder, String path, Consumer<Progress> progress) throws StratoboxException {
        RelativePath wanted = FileStates.parse(path);
        return turn.take((tools, folders) -> {
            progress.accept(new Progress(Phase.CHECKING, 0, 0, 0, 0, 0));
            return new Freeing(tools, tools.site(folders.named(folder))).free(wanted);
        });
    }

    @Override
    public void keepHere(String folder, String path) throws StratoboxException {
        RelativePath wanted = path.isEmpty() ? RelativePath.ROOT : FileStates.parse(path);
        turn.take((tools, folders) -> {
            FolderId id = tools.keys().folderId(folders.named(folder).name());
            if (!wanted.isRoot() && !isLive(tools, id, wanted)
                    && !tools.index().selection().all(id).contains(wanted)) {
                throw new StratoboxException(Reason.USAGE,
                        "There is no \"" + path + "\" in the folder \"" + folder + "\".");
            }
            new ChosenPaths(tools.index(), id).keepHere(wanted);
            return true;
        });
    }

    private static boolean isLive(SelectionTools tools, FolderId folder, RelativePath path) throws IndexException {
        Optional<Long> row = tools.index().entries().locate(folder, path);
        if (row.isEmpty()) {
            return false;
        }
        Known known = tools.index().entries().known(row.get());
        return known.state().or(known::base).filter(Entry::isLive).isPresent();
    }

    @Override
    public List<String> onlineOnly(String folder) throws StratoboxException {
        return turn.take((tools, folders) -> tools.index().selection()
                .all(tools.keys().folderId(folders.named(folder).name())).stream().map(RelativePath::text).toList());
    }
}
