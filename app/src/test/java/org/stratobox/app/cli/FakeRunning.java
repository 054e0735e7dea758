package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;

import org.stratobox.app.cli.FakeStratobox.FakeHome;
import org.stratobox.sync.api.EngineState;
import org.stratobox.sync.api.EngineState.Activity;
import org.stratobox.sync.api.Running;

/// A running device of the fake: paused if the settings say so, else up to date.
final class FakeRunning implements Running {
    private final FakeHome home;

    FakeRunning(FakeHome home) {
        this.home = home;
    }

    @Override
    public EngineState state() {
        Optional<Long> paused = home.settings.pausedUntilMillis();
        return new EngineState(paused.isPresent() ? Activity.PAUSED : Activity.UP_TO_DATE, Optional.empty(),
                Optional.of(FakeProcess.NOW - 120_000), paused.isEmpty(), List.of(), paused);
    }

    @Override
    public void wake() {
        home.asked.add("wake");
    }

    @Override
    public void close() {
        home.isRunning = false;
    }
}
