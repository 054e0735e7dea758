package org.stratobox.app.cli;

import org.stratobox.sync.api.EngineState;

/// What a running device is doing, as a sentence.
final class StateWords {
    private StateWords() {}

    static String of(Session session, EngineState state) {
        return switch (state.activity()) {
            case STARTING -> "Just started; looking at everything.";
            case UP_TO_DATE -> state.safe()
                    ? "Up to date and safe."
                    : "Up to date here; the nodes do not hold everything safely yet.";
            case SYNCING -> "Syncing." + state.progress().map(p -> " " + ProgressLine.text(p, p)).orElse("");
            case ATTENTION -> "Needs you.";
            case PAUSED -> "Paused" + state.pausedUntilMillis()
                    .map(until -> " " + PauseCommand.words(session, until) + ". Go on with: stratobox resume")
                    .orElse(" by the schedule.");
            case OFFLINE -> "No node can be reached. What you change is kept here and goes out when one can.";
        };
    }
}
