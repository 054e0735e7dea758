package org.stratobox.sync.apply;

/// What came of a step.
public sealed interface StepResult {
    /// It is done and base says so.
    record Done() implements StepResult {}

    /// It could not be done now; the next pass tries again. The disk is as it was.
    ///
    /// @param reason a sentence for the user, without a path
    record Postponed(String reason) implements StepResult {}

    /// The disk was not as base says, so nothing of the user's was replaced: the path is to be looked at again.
    record Changed() implements StepResult {}

    /// The only value of its kind.
    StepResult DONE = new Done();
    /// The only value of its kind.
    StepResult CHANGED = new Changed();
}
