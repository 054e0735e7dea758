package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.app.cli.FakeStratobox.FakeHome;
import org.stratobox.sync.api.History;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.Past.Kind;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.Progress;

/// A history of the fake: remembers what it was asked. Pass 9 leaves something.
final class FakeHistory implements History {
    private final FakeHome home;

    FakeHistory(FakeHome home) {
        this.home = home;
    }

    @Override
    public Past past() {
        return new FakePast(home.content);
    }

    @Override
    public List<Pass> log(LogFilter filter) {
        home.asked.add("log " + filter);
        return List.of(
                new Pass(12, FakeProcess.NOW - 60_000, "main", Cause.DEVICE, Optional.of("phone"), Optional.empty(),
                        new Counts(3, 1, 0), true),
                new Pass(11, FakeProcess.NOW - 120_000, "main", Cause.LOCAL, Optional.empty(), Optional.empty(),
                        new Counts(0, 0, 2), false));
    }

    @Override
    public List<Change> changes(long pass) {
        return List.of(new Change("new.txt", Optional.empty(), Optional.of(Kind.FILE), 10),
                new Change("old.txt", Optional.of(Kind.FILE), Optional.empty(), 20));
    }

    @Override
    public TakeBack planUndo(long pass) {
        return back("planUndo " + pass, pass == 9);
    }

    @Override
    public TakeBack undo(long pass, Consumer<Progress> progress) {
        return back("undo " + pass, pass == 9);
    }

    @Override
    public TakeBack planPutBack(PutBack what) {
        return back("planPutBack " + what, false);
    }

    @Override
    public TakeBack putBack(PutBack what, Consumer<Progress> progress) {
        return back("putBack " + what, false);
    }

    @Override
    public List<Trashed> trash(Optional<String> folder) {
        return List.of(new Trashed(5, folder.orElse("main"), "old.txt", 20, FakeProcess.NOW - 60_000, true));
    }

    @Override
    public TakeBack takeFromTrash(List<Long> items) {
        return back("take " + items, false);
    }

    private TakeBack back(String asked, boolean leaves) {
        home.asked.add(asked);
        return new TakeBack(List.of(new Done("letter.txt", Kind.FILE), new Done("gone.txt", Kind.DELETED)),
                leaves ? List.of(new Problem("newer.txt", "it was changed since")) : List.of());
    }
}
