package org.stratobox.sync.engine;

import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.api.PlanReport.Action;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Obstacle;
import org.stratobox.sync.reconcile.Reason;
import org.stratobox.sync.reconcile.Step;

/// Steps and reasons in the words of the user. They may name paths, so they never go to a log.
///
/// @param labels what people call each device
record PlanWords(Map<DeviceId, String> labels) {
    /// @return what a user sees of a step, if anything
    static Optional<Action> action(Step step) {
        return switch (step) {
            case Step.MakeDirectory _ -> Optional.of(Action.CREATE);
            case Step.PutFile put -> Optional.of(put.site().expectsSomething() ? Action.CHANGE : Action.CREATE);
            case Step.PutLink put -> Optional.of(put.site().expectsSomething() ? Action.CHANGE : Action.CREATE);
            case Step.SetAttributes _ -> Optional.of(Action.ATTRIBUTES);
            case Step.Move _ -> Optional.of(Action.RENAME);
            case Step.Unpark _ -> Optional.of(Action.RENAME);
            case Step.Remove remove -> remove.isInterim() ? Optional.empty() : Optional.of(Action.DELETE);
            case Step.RemoveDirectory _ -> Optional.of(Action.DELETE);
            case Step.Park _ -> Optional.empty();
            case Step.Rebind _ -> Optional.empty();
        };
    }

    /// @return the old path of what is renamed
    static Optional<RelativePath> from(Step step) {
        return switch (step) {
            case Step.Move move -> Optional.of(move.from().path());
            case Step.Unpark unpark -> Optional.of(unpark.from());
            default -> Optional.empty();
        };
    }

    /// @return bytes that may have to be fetched for it
    static long bytes(Step step) {
        return step instanceof Step.PutFile put && put.copyOf().isEmpty()
                ? put.site().becomes().map(Entry::size).orElse(0L)
                : 0;
    }

    String reason(Reason reason) {
        return switch (reason) {
            case Reason.Created r -> who(r.by()) + " created it.";
            case Reason.Edited r -> who(r.by()) + " changed it.";
            case Reason.Deleted r -> who(r.by()) + " deleted it; it goes to the trash.";
            case Reason.Renamed r -> who(r.by()) + " renamed it from " + r.from() + ".";
            case Reason.ConflictCopy r ->
                "It was changed in two places at once; this is the version of " + who(r.by()) + " of " + r.of() + ".";
            case Reason.AttributesChanged r -> who(r.by()) + " changed its time or permission.";
            case Reason.HoldsSomething _ -> "There is something in it.";
            case Reason.MakesRoom r -> "Something else takes its place: " + r.arrival() + ".";
            case Reason.OnlineOnly _ -> "You chose not to have it on this disk; the nodes and other devices keep it.";
            case Reason.Known _ -> "Nothing changes on the disk.";
        };
    }

    private String who(Reason.By by) {
        return labels.getOrDefault(by.device(), "Another device");
    }

    static String of(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.NotCaptured _ -> "It changed on this computer a moment ago; that is taken in first.";
            case Obstacle.NotJoined _ -> "What others did is not known completely yet.";
            case Obstacle.NameClash clash ->
                "This disk cannot tell its name from that of " + clash.other()
                        + ". It is safe on the nodes; rename one.";
            case Obstacle.WaitsFor waits -> "It has to wait for " + waits.path() + ".";
        };
    }
}
