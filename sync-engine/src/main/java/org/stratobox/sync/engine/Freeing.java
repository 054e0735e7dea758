package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.sync.api.Selection.Freed;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.apply.ApplyOutcome;
import org.stratobox.sync.apply.Backoff;
import org.stratobox.sync.apply.PlanRun;
import org.stratobox.sync.apply.StepResult;
import org.stratobox.sync.engine.ProvenNow.Answer;
import org.stratobox.sync.engine.SelectionTools.Site;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Step;
import org.stratobox.sync.task.Cancellation;

/// Takes files off this disk that others keep (`sync-disk.md` 2.6). The order decides: the nodes have proven every byte, then
/// the choice is on the disk of the index, then the files go, into the trash, each looked at once more; a crash anywhere in
/// between leaves either a file that is still there or a path of which the index knows why it is not.
final class Freeing {
    private final SelectionTools tools;
    private final Site site;
    /// Number of this device's newest published version.
    private final long publishedUpTo;
    private final List<Problem> left = new ArrayList<>();
    private final List<Ready> ready = new ArrayList<>();

    /// What may go, children after their directory.
    private record Ready(RelativePath path, Entry base) {}

    Freeing(SelectionTools tools, Site site) throws IndexException {
        this.tools = tools;
        this.site = site;
        publishedUpTo = Authoring.publishedUpTo(tools.index());
    }

    /// @param path a file or directory, not the root
    Freed free(RelativePath path) throws IndexException, StratoboxException, InterruptedException {
        Optional<Long> row = tools.index().entries().locate(site.folder(), path);
        if (row.isEmpty() || !isAnything(tools.index().entries().known(row.get()))) {
            throw new StratoboxException(Reason.USAGE,
                    "There is no \"" + path + "\" in the folder \"" + site.setting().name() + "\".");
        }
        collect(row.get(), path);
        keepWhatIsNotProven();
        if (!ready.isEmpty() || left.isEmpty()) {
            // committed before anything leaves the disk
            tools.index().selection().add(site.folder(), path);
        }
        return remove();
    }

    private static boolean isAnything(Known known) {
        return known.base().filter(Entry::isLive).isPresent() || known.state().filter(Entry::isLive).isPresent();
    }

    private void collect(long row, RelativePath path) throws IndexException {
        EntryIndex entries = tools.index().entries();
        Known known = entries.known(row);
        Optional<Entry> base = known.base().filter(Entry::isLive);
        if (base.isEmpty()) {
            return;
        }
        boolean isPublished = known.state().isPresent()
                && known.state().get().version().get(tools.keys().device()) <= publishedUpTo;
        if (base.get().kind() == EntryKind.DIRECTORY) {
            ready.add(new Ready(path, base.get()));
            for (Row child : entries.children(row).values()) {
                if (child.kind() != EntryKind.TOMBSTONE) {
                    collect(child.id(), path.child(entries.known(child.id()).name()));
                }
            }
        } else if (!known.isSettled()) {
            leave(path, "Another device changed it. Sync first.");
        } else if (!isPublished) {
            leave(path, "It is not published yet. Sync first.");
        } else {
            ready.add(new Ready(path, base.get()));
        }
    }

    private void leave(RelativePath path, String why) {
        left.add(new Problem(path.text(), why));
    }

    private void keepWhatIsNotProven() throws IndexException, InterruptedException {
        ProvenNow nodes = new ProvenNow(tools);
        List<Ready> proven = new ArrayList<>();
        Map<RelativePath, Set<Cid>> objects = new HashMap<>();
        for (Ready one : ready) {
            if (one.base().kind() != EntryKind.DIRECTORY) {
                Optional<Set<Cid>> pieces = nodes.objects(site.folder(), one.path(), one.base());
                pieces.ifPresentOrElse(p -> objects.put(one.path(), p), () -> leave(one.path(),
                        "Its list of pieces cannot be read from the nodes now, so it stays."));
            }
        }
        Set<Cid> all = new HashSet<>();
        objects.values().forEach(all::addAll);
        Answer answer = nodes.ask(all);
        for (Ready one : ready) {
            boolean isDirectory = one.base().kind() == EntryKind.DIRECTORY;
            if (isDirectory || (objects.containsKey(one.path()) && answer.covers(objects.getOrDefault(one.path(),
                    Set.of())))) {
                proven.add(one);
            } else if (objects.containsKey(one.path())) {
                leave(one.path(), "Too few nodes proved now that they hold all of it, so it stays.");
            }
        }
        ready.clear();
        // a directory of which something stays, stays
        proven.stream().filter(p -> p.base().kind() != EntryKind.DIRECTORY
                || left.stream().noneMatch(l -> new RelativePath(l.path()).isBelow(p.path()))).forEach(ready::add);
    }

    private Freed remove() throws IndexException {
        List<Plan.Ordered> steps = new ArrayList<>();
        Map<RelativePath, List<Integer>> below = new HashMap<>();
        for (Ready one : ready.reversed()) {
            var at = new org.stratobox.sync.reconcile.Site(one.path(), Optional.of(one.base()),
                    Optional.of(Step.goneUnderOldVector(one.base())));
            var reason = new org.stratobox.sync.reconcile.Reason.OnlineOnly();
            steps.add(one.base().kind() == EntryKind.DIRECTORY
                    ? new Plan.Ordered(new Step.RemoveDirectory(at, reason),
                            below.getOrDefault(one.path(), List.of()).stream().sorted().toList())
                    : new Plan.Ordered(new Step.Remove(at, reason), List.of()));
            below.computeIfAbsent(one.path().parent().orElse(RelativePath.ROOT), _ -> new ArrayList<>())
                    .add(steps.size() - 1);
        }
        ApplyOutcome outcome = new PlanRun(tools.applying(), site.target(), new Backoff(tools.parts().ticker()))
                .run(new Plan(steps, List.of()), new Cancellation());
        long files = 0;
        long bytes = 0;
        for (int i = 0; i < steps.size(); i++) {
            Ready one = ready.reversed().get(i);
            boolean isFile = one.base().kind() != EntryKind.DIRECTORY;
            switch (outcome.results().get(i)) {
                case StepResult.Done _ -> {
                    files += isFile ? 1 : 0;
                    bytes += one.base().size();
                }
                case StepResult.Postponed p -> leave(one.path(), p.reason());
                case StepResult.Changed _ -> leave(one.path(), "It was changed meanwhile, so it stays.");
            }
        }
        return new Freed(files, bytes, List.copyOf(left));
    }
}
