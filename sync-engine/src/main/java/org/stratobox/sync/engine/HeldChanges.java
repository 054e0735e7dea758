package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.engine.Intentions.HeldHere;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.merge.StateTable;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Difference;
import org.stratobox.sync.reconcile.StateJoin;
import org.stratobox.sync.reconcile.Step;
import org.stratobox.sync.transfer.Author;

/// Decisions about changes that are held because they would delete much.
final class HeldChanges {
    private final SyncIndex index;
    private final Intentions intentions;
    private final StateJoin join;

    HeldChanges(SyncIndex index, Intentions intentions, StateJoin join) {
        this.index = index;
        this.intentions = intentions;
        this.join = join;
    }

    List<HeldHere> all(List<FolderSetting> settings) throws IndexException, InterruptedException {
        List<HeldHere> all = new ArrayList<>();
        for (FolderSetting setting : settings) {
            all.addAll(intentions.of(setting).held());
        }
        return all;
    }

    /// @param id of a held change, or its beginning
    HeldHere find(List<FolderSetting> settings, String id)
            throws IndexException, InterruptedException, StratoboxException {
        List<HeldHere> fitting = all(settings).stream()
                .filter(h -> !id.isEmpty() && h.change().id().startsWith(id)).toList();
        if (fitting.size() != 1) {
            throw new StratoboxException(Reason.USAGE, fitting.isEmpty()
                    ? "Nothing of that id is held. Nothing was changed."
                    : "More than one held change begins like that. Nothing was changed.");
        }
        return fitting.getFirst();
    }

    void release(HeldHere held) throws IndexException {
        Released.add(index, held.held().decision());
    }

    /// What is missing here counts as not fetched yet; what others deleted gets a new version that says it is there.
    void putBack(HeldHere held, Author author) throws IndexException {
        index.transact(() -> {
            if (held.change().madeHere()) {
                for (Difference missing : held.missing()) {
                    fetchAgain(held.folder(), missing);
                }
            } else {
                for (RelativePath path : held.held().deleted()) {
                    giveBack(held.folder(), path, author);
                }
                for (RelativePath path : held.held().replaced()) {
                    giveBack(held.folder(), path, author);
                }
            }
        });
    }

    private void fetchAgain(FolderId folder, Difference missing) throws IndexException {
        Optional<Long> row = index.entries().locate(folder, missing.path());
        if (row.isPresent()) {
            index.entries().putBase(row.get(), missing.base().map(Step::goneUnderOldVector), Evidence.ABSENT);
        }
    }

    private void giveBack(FolderId folder, RelativePath path, Author author) throws IndexException {
        EntryIndex entries = index.entries();
        Optional<Long> row = entries.locate(folder, path);
        Optional<Long> parent = entries.locate(folder, path.parent().orElse(RelativePath.ROOT));
        if (row.isEmpty() || parent.isEmpty()) {
            return;
        }
        EntryIndex.Known known = entries.known(row.get());
        Optional<Entry> base = known.base().filter(Entry::isLive);
        if (base.isPresent()) {
            Entry again = author.again(base.get(), known.state());
            new StateTable(entries, folder, join).record(parent.get(), known.name(), again, known.evidence());
        }
    }
}
