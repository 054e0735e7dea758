package org.stratobox.sync.api;

/// What the collector did or waits for. Nothing that any device or any kept version needs is ever among it.
///
/// @param outcome what happened
/// @param packs packs the plan is about
/// @param bytes of them that nothing needs any more
/// @param words for the user, a sentence
public record CollectReport(Outcome outcome, int packs, long bytes, String words) {
    /// Whether a plan that deletes much may go on.
    public enum Consent {
        /// Plans that delete more than a fifth of everything wait for the user.
        ASK,
        /// The user agrees.
        GIVEN
    }

    /// What happened.
    public enum Outcome {
        /// There is nothing to collect.
        NOTHING,
        /// A plan was made; the other devices are asked to agree with their next states.
        PLANNED,
        /// A plan waits for other devices, for time to pass or for nodes.
        WAITING,
        /// The plan deletes much; the user has to agree.
        NEEDS_CONSENT,
        /// Unused packs were deleted.
        DELETED,
        /// A plan was given up; nothing of it is deleted any more.
        DROPPED
    }
}
