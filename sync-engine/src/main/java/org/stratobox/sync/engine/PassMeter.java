package org.stratobox.sync.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.event.Progress.Phase;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.StoredPack;
import org.stratobox.sync.task.Ticker;
import org.stratobox.sync.transfer.FolderIngest;
import org.stratobox.sync.transfer.UploadMeter;

/// Counts what a pass does and tells about it a few times a second. Thread-safe.
final class PassMeter implements UploadMeter {
    private static final int MOST_PROBLEMS = 10_000;
    private static final long TOLD_EVERY_NANOS = 250_000_000L;

    private final LongAdder seen = new LongAdder();
    private final LongAdder seenBytes = new LongAdder();
    private final LongAdder ingested = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder sealed = new LongAdder();
    private final LongAdder uploaded = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final LongAdder problemCount = new LongAdder();
    private final Ticker ticker;
    private final Consumer<Progress> progress;
    private final long start;
    private final boolean folderInPath;
    private volatile Phase phase = Phase.CONNECTING;
    /// Guarded by this.
    private long lastTold;

    /// @param folderInPath whether problems name the folder, because there are several
    PassMeter(Ticker ticker, Consumer<Progress> progress, boolean folderInPath) {
        this.ticker = ticker;
        this.progress = progress;
        this.folderInPath = folderInPath;
        start = ticker.nanos();
        lastTold = start;
    }

    void phase(Phase next) {
        phase = next;
        tell(true);
    }

    long elapsedMillis() {
        return (ticker.nanos() - start) / 1_000_000;
    }

    private void tell(boolean now) {
        synchronized (this) {
            long at = ticker.nanos();
            if (!now && at - lastTold < TOLD_EVERY_NANOS) {
                return;
            }
            lastTold = at;
        }
        progress.accept(new Progress(phase, ingested.sum(), seen.sum(), read.sum(), seenBytes.sum(), elapsedMillis()));
    }

    @Override
    public void sealed(int bytes) {
        sealed.add(bytes);
    }

    @Override
    public void uploaded(int bytes, StoredPack pack) {
        long share = (bytes + pack.record().k() - 1L) / pack.record().k();
        long stored = pack.record().shares().stream().map(StoredShare::index).distinct().count() - pack.debts().size();
        uploaded.add(share * stored);
        tell(false);
    }

    @Override
    public void read(int bytes) {
        read.add(bytes);
        tell(false);
    }

    @Override
    public void ingested(long bytes) {
        ingested.increment();
        tell(false);
    }

    /// A folder that was left alone.
    void paused(String folder, String reason) {
        problem(folder, reason);
    }

    /// @return how many deletions made here wait for the user
    long heldHere() {
        return held.sum();
    }

    /// Deletions that wait for the user.
    void held(String folder, int files, boolean madeHere) {
        held.add(madeHere ? files : 0);
        problem(folder, madeHere
                ? files + " files are missing here. That is many, so no other device was told: release them, or put them back."
                : files + " files would be deleted or replaced here. That is many, so it was not done: release it, or put"
                        + " them back.");
    }

    private void problem(String path, String reason) {
        problemCount.increment();
        if (problemCount.sum() <= MOST_PROBLEMS) {
            problems.add(new Problem(path, reason));
        }
    }

    String summary() {
        return ingested.sum() + " files stored, " + removed.sum() + " removed";
    }

    SyncReport report(SyncReport.Incoming incoming, boolean published, long debts, List<String> warnings) {
        return new SyncReport(seen.sum(), ingested.sum(), removed.sum(), read.sum(), sealed.sum(), uploaded.sum(),
                incoming, published, debts, List.copyOf(problems), warnings, elapsedMillis());
    }

    /// What one folder reports, with its name before every path if there are several.
    FolderIngest.Report forFolder(String name) {
        return new FolderIngest.Report() {
            @Override
            public void problem(String shown, String reason) {
                PassMeter.this.problem(folderInPath ? name + ": " + shown : shown, reason);
            }

            @Override
            public void seen(long size) {
                seen.increment();
                seenBytes.add(size);
                tell(false);
            }

            @Override
            public void removed() {
                removed.increment();
            }

            @Override
            public void sealed(int bytes) {
                PassMeter.this.sealed(bytes);
            }

            @Override
            public void uploaded(int bytes, StoredPack pack) {
                PassMeter.this.uploaded(bytes, pack);
            }

            @Override
            public void read(int bytes) {
                PassMeter.this.read(bytes);
            }

            @Override
            public void ingested(long bytes) {
                PassMeter.this.ingested(bytes);
            }
        };
    }
}
