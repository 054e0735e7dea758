package org.stratobox.sync.apply;

import java.util.List;

/// What came of a plan.
///
/// @param results one for each step, in the order of the plan
/// @param fetchedBytes plaintext bytes that came from the mesh or out of entries
/// @param reusedBytes bytes that were taken from files on this disk instead
/// @param stopped whether it was cancelled before its end; what was done is done
public record ApplyOutcome(List<StepResult> results, long fetchedBytes, long reusedBytes, boolean stopped) {
    /// Copies the list.
    public ApplyOutcome {
        results = List.copyOf(results);
    }

    /// @return how many steps are done
    public long done() {
        return results.stream().filter(r -> r instanceof StepResult.Done).count();
    }

    /// @return whether every step is done
    public boolean isComplete() {
        return done() == results.size();
    }
}
