package org.stratobox.sync.engine;

import java.util.Map;

import org.stratobox.sync.api.History;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.history.Reversal;
import org.stratobox.sync.history.Rewriting;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PassTable;
import org.stratobox.sync.merge.PassWriter;
import org.stratobox.sync.merge.StateTable;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;

/// Writes what is taken back into the state of a folder, as versions of this device, in one transaction with its record.
record TakingBack(HistoryView.Context account, FolderId folder) {
    void write(Reversal reversal, PassTable.Pass pass) throws IndexException {
        if (reversal.wanted().isEmpty()) {
            return;
        }
        // numbers that a failure below leaves unused are gone: none is ever given twice
        long counter = Authoring.take(account.index(), reversal.wanted().size());
        Rewriting rewriting = new Rewriting(account.keys().device(), counter, account.parts().clock().millis(),
                account.parts().entropy());
        PassWriter passes = new PassWriter(account.index().passes());
        passes.turn(pass);
        StateTable state = new StateTable(account.index().entries(), folder,
                new StateJoin(new ConflictNames(Map.of())), passes);
        account.index().transact(() -> state.merge(rewriting.versions(reversal.wanted())));
    }

    static History.TakeBack shown(Reversal reversal) {
        return new History.TakeBack(
                reversal.wanted().stream()
                        .map(w -> new History.Done(w.path().text(),
                                w.like().map(PastView::kind).orElse(Past.Kind.DELETED)))
                        .toList(),
                reversal.left().stream().map(l -> new Problem(l.path().text(), sentence(l.why(), l.path()))).toList());
    }

    private static String sentence(Reversal.Why why, RelativePath path) {
        return switch (why) {
            case CHANGED_SINCE -> "It was changed since, so it stays as it is.";
            case MOVED_AND_CHANGED ->
                "It was moved, and changed since under one of its names, so it stays where it is.";
            case HOLDS_NEWER -> "Something newer is in it, so it stays.";
            case NO_DIRECTORY -> path.parent().filter(p -> !p.isRoot()).isPresent()
                    ? "A file is where it, or the directory it was in, would have to be. Restore it to another place."
                    : "A file is where it would have to be. Restore it to another place.";
            case IS_DIRECTORY -> "A directory is where it would have to be. Restore it to another place.";
            case NOT_SETTLED -> "It is still being brought up to date on this computer. Try again after the next pass.";
        };
    }
}
