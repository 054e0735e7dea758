package org.stratobox.sync.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.Identity;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.Intent;
import org.stratobox.sync.index.Intent.Change;
import org.stratobox.sync.index.Intent.How;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Site;
import org.stratobox.sync.reconcile.Step;

/// Writes down what a step is about to do, from base alone: which thing is going to move where. The disk is asked later,
/// right before it is done.
final class Intents {
    private final FolderDisk folder;
    private final Base base;
    /// Last places of what is parked, by the place it is parked from.
    private final Map<RelativePath, Site> unparked = new HashMap<>();

    Intents(FolderDisk folder, Base base, Plan plan) {
        this.folder = folder;
        this.base = base;
        for (Plan.Ordered ordered : plan.steps()) {
            if (ordered.step() instanceof Step.Unpark unpark) {
                unparked.put(unpark.from(), unpark.site());
            }
        }
    }

    /// @param work of which the file, if it has one, is staged
    /// @return the intent; empty for steps that need none
    Optional<Intent> of(Work work) throws IOException, IndexException {
        return switch (work.step()) {
            case Step.PutFile put -> Optional.of(put(work, put.site()));
            case Step.PutLink put -> Optional.of(put(work, put.site()));
            case Step.MakeDirectory make -> Optional.of(inPlace(How.MAKE_DIRECTORY, make.site()));
            case Step.RemoveDirectory remove -> Optional.of(inPlace(How.REMOVE_DIRECTORY, remove.site()));
            case Step.SetAttributes set -> Optional.of(attributes(set.site()));
            case Step.Remove remove -> Optional.of(new Intent(How.REMOVE, remove.path(),
                    folder.trashPlace(remove.path()), Optional.empty(), Optional.of(identity(remove.site())),
                    Optional.empty(), List.of(change(remove.site()))));
            case Step.Move move -> Optional.of(move(move));
            case Step.Park park -> Optional.of(park(park.site(), Optional.ofNullable(unparked.get(park.path()))));
            case Step.Unpark _,Step.Rebind _ -> Optional.empty();
        };
    }

    static Change change(Site site) {
        return new Change(site.path(), site.becomes(), Optional.empty());
    }

    private Identity identity(Site site) throws IndexException {
        Evidence evidence = base.now(site.path()).evidence();
        return Seen.identity(site.expected().map(Entry::kind).orElseThrow(), evidence);
    }

    private Intent put(Work work, Site site) throws IOException, IndexException {
        RelativePath from = work.staged().orElseThrow();
        Optional<Identity> moving = Optional.of(work.stagedIdentity());
        List<Change> changes = List.of(change(site));
        return site.expectsSomething()
                ? new Intent(How.SWAP, from, site.path(), Optional.of(folder.trashPlace(site.path())), moving,
                        Optional.of(identity(site)), changes)
                : new Intent(How.PUT, from, site.path(), Optional.empty(), moving, Optional.empty(), changes);
    }

    private static Intent inPlace(How how, Site site) {
        return new Intent(how, site.path(), site.path(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(change(site)));
    }

    private Intent attributes(Site site) throws IndexException {
        return new Intent(How.ATTRIBUTES, site.path(), site.path(), Optional.empty(), Optional.of(identity(site)),
                Optional.empty(), List.of(change(site)));
    }

    private Intent move(Step.Move move) throws IndexException {
        List<Change> changes = new ArrayList<>();
        changes.add(change(move.to()));
        for (Step.Carried carried : move.carried()) {
            changes.add(new Change(carried.to().path(), carried.to().becomes(),
                    Optional.of(carried.from().path())));
        }
        changes.add(change(move.from()));
        move.carried().forEach(carried -> changes.add(change(carried.from())));
        Optional<Identity> moving = Optional.of(identity(move.from()));
        if (move.way() == Step.Way.FREE) {
            return new Intent(How.RENAME, move.from().path(), move.to().path(), Optional.empty(), moving,
                    Optional.empty(), changes);
        }
        changes.addFirst(new Change(move.from().path(), move.from().expected(), Optional.empty()));
        return new Intent(How.PARK, move.from().path(), folder.parkPlace(move.from().path()),
                Optional.of(move.to().path()), moving, Optional.empty(), changes);
    }

    /// The first change is the one for going back.
    private Intent park(Site site, Optional<Site> last) throws IndexException {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(site.path(), site.expected(), Optional.empty()));
        last.ifPresent(to -> changes.add(change(to)));
        changes.add(change(site));
        return new Intent(How.PARK, site.path(), folder.parkPlace(site.path()), last.map(Site::path),
                Optional.of(identity(site)), Optional.empty(), changes);
    }
}
