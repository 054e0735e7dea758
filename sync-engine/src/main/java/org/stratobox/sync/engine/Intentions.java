package org.stratobox.sync.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.api.Brakes.HeldChange;
import org.stratobox.sync.api.PlanReport;
import org.stratobox.sync.api.PlanReport.Action;
import org.stratobox.sync.api.PlanReport.Direction;
import org.stratobox.sync.api.PlanReport.Line;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.engine.FolderPass.Braking;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.merge.FolderPlan;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Caution;
import org.stratobox.sync.reconcile.Difference;
import org.stratobox.sync.reconcile.Held;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Postponed;
import org.stratobox.sync.reconcile.Step;
import org.stratobox.sync.scan.Found;

/// What a pass would do with the folders of this device, as the disk and the index are now. Changes nothing.
final class Intentions {
    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Braking brakes;
    private final Map<DeviceId, String> labels;

    Intentions(EngineParts parts, DeviceKeys keys, SyncIndex index, Braking brakes, Map<DeviceId, String> labels) {
        this.parts = parts;
        this.keys = keys;
        this.index = index;
        this.brakes = brakes;
        this.labels = Map.copyOf(labels);
    }

    /// A held change with what is needed to decide on it.
    ///
    /// @param change for the user
    /// @param folder of it
    /// @param held the set
    /// @param missing what is missing here, for one that was made here
    record HeldHere(HeldChange change, FolderId folder, Held held, List<Difference> missing) {}

    /// One folder's part.
    ///
    /// @param up what would leave this disk
    /// @param down what would come
    /// @param held what waits for the user
    /// @param left what would be left, and why
    /// @param scan what the disk showed, if it could be looked at
    record OfFolder(List<Line> up, List<Line> down, List<HeldHere> held, List<Problem> left,
            Optional<DryScan> scan) {
        static OfFolder paused(String folder, String why) {
            return new OfFolder(List.of(), List.of(), List.of(), List.of(new Problem(folder, why)),
                    Optional.empty());
        }
    }

    PlanReport report(List<FolderSetting> settings) throws IndexException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        List<HeldChange> held = new ArrayList<>();
        List<Problem> left = new ArrayList<>();
        for (FolderSetting setting : settings) {
            OfFolder one = of(setting);
            lines.addAll(one.up());
            lines.addAll(one.down());
            one.held().forEach(h -> held.add(h.change()));
            left.addAll(one.left());
        }
        return new PlanReport(lines, held, left);
    }

    OfFolder of(FolderSetting setting) throws IndexException, InterruptedException {
        FolderId folder = keys.folderId(setting.name());
        Optional<String> paused = FolderChecks.problem(parts.files(), setting.path(), folder);
        if (paused.isPresent()) {
            return OfFolder.paused(setting.name(), paused.get());
        }
        try {
            DryScan scan = DryScan.of(parts, index.entries(), setting.path(), index.entries().root(folder));
            return of(setting, folder, scan);
        } catch (IOException e) {
            return OfFolder.paused(setting.name(), "The folder cannot be listed. Nothing was changed anywhere.");
        }
    }

    private OfFolder of(FolderSetting setting, FolderId folder, DryScan scan) throws IndexException {
        List<Line> up = new ArrayList<>();
        for (Found found : scan.changed()) {
            up.add(new Line(setting.name(), Direction.UP, found.known().isPresent() ? Action.CHANGE : Action.CREATE,
                    found.shown(), Optional.empty(), "It was changed on this computer.",
                    found.stat().kind() == FileStat.Kind.FILE ? found.stat().size() : 0));
        }
        List<HeldHere> held = new ArrayList<>();
        List<Difference> missing = scan.missing();
        long files = index.entries().totals(folder).entries();
        Optional<Held> out = brakes.brake().outbound(missing, files, brakes.released());
        if (out.isPresent()) {
            held.add(new HeldHere(change(setting, out.get(), true), folder, out.get(), missing));
        } else {
            missing.forEach(d -> up.add(new Line(setting.name(), Direction.UP, Action.DELETE, d.path().text(),
                    Optional.empty(), "It was deleted on this computer.", 0)));
        }
        Held.Split split = new FolderPlan(index.entries(), folder,
                NotHere.of(index, folder, parts.files(), setting.path())).make(Caution.of(scan.dirty()),
                        brakes.brake(), brakes.released());
        split.held().ifPresent(h -> held.add(new HeldHere(change(setting, h, false), folder, h, List.of())));
        List<Problem> left = new ArrayList<>(scan.problems());
        for (Postponed postponed : split.go().postponed()) {
            left.add(new Problem(postponed.path().text(), PlanWords.of(postponed.obstacle())));
        }
        return new OfFolder(up, down(setting, split.go()), held, left, Optional.of(scan));
    }

    private List<Line> down(FolderSetting setting, Plan plan) {
        PlanWords words = new PlanWords(labels);
        List<Line> lines = new ArrayList<>();
        for (Plan.Ordered ordered : plan.steps()) {
            Step step = ordered.step();
            PlanWords.action(step).ifPresent(action -> lines.add(new Line(setting.name(), Direction.DOWN, action,
                    step.path().text(), PlanWords.from(step).map(RelativePath::text), words.reason(step.reason()),
                    PlanWords.bytes(step))));
        }
        return lines;
    }

    private HeldChange change(FolderSetting setting, Held held, boolean madeHere) {
        Map<String, Integer> perDevice = new HashMap<>();
        held.perDevice().forEach((device, count) -> perDevice.merge(labels.getOrDefault(device, "unknown"), count,
                Integer::sum));
        return new HeldChange(held.decision().hash().hex().substring(0, 16), setting.name(), madeHere,
                held.deleted().stream().map(RelativePath::text).toList(),
                held.replaced().stream().map(RelativePath::text).toList(), perDevice, held.files());
    }
}
