package org.stratobox.sync.reconcile;

import org.stratobox.sync.model.RelativePath;

/// Why something that differs is left as it is in this plan. None is for ever: the next plan looks again.
public sealed interface Obstacle {
    /// The path changed on disk and is not captured yet.
    ///
    /// @param changed the path, or one below it
    record NotCaptured(RelativePath changed) implements Obstacle {}

    /// The merged state does not hold what base holds; it must be joined first. Nothing is taken away on such grounds.
    record NotJoined() implements Obstacle {}

    /// This disk takes the name for that of something else that is on it.
    ///
    /// @param other what has the name here
    record NameClash(RelativePath other) implements Obstacle {}

    /// It has to wait for something that itself is left as it is.
    ///
    /// @param path of that
    record WaitsFor(RelativePath path) implements Obstacle {}
}
