package org.stratobox.sync.transfer;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.transfer.PendingEntry.Result;

/// Entries whose objects are all stored, recorded in batches: one durable commit for many files. Thread-safe.
final class ReadyEntries {
    private static final int BATCH = 1000;

    private final SyncIndex index;
    private final UploadMeter meter;
    /// Guarded by this.
    private List<PendingEntry> waiting = new ArrayList<>();

    ReadyEntries(SyncIndex index, UploadMeter meter) {
        this.index = index;
        this.meter = meter;
    }

    void add(PendingEntry entry) throws TransferException {
        boolean full;
        synchronized (this) {
            waiting.add(entry);
            full = waiting.size() >= BATCH;
        }
        if (full) {
            flush();
        }
    }

    void flush() throws TransferException {
        List<PendingEntry> batch;
        synchronized (this) {
            batch = waiting;
            waiting = new ArrayList<>();
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            index.transact(() -> {
                for (PendingEntry entry : batch) {
                    record(entry.result());
                }
            });
        } catch (IndexException e) {
            throw new TransferException(e);
        }
        for (PendingEntry entry : batch) {
            if (entry.result() instanceof Result.Version version) {
                meter.ingested(version.entry().size());
            }
        }
    }

    private void record(Result result) throws IndexException {
        switch (result) {
            case Result.Version v -> v.into().record(v.found(), v.entry(), v.evidence());
            case Result.Unchanged u -> index.entries().touch(u.row(), u.evidence());
            case Result.Nothing _ -> throw new IllegalStateException("an entry is ready without a result");
        }
    }
}
