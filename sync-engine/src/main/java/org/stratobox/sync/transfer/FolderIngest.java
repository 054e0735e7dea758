package org.stratobox.sync.transfer;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.stratobox.crypto.chunking.Chunker;
import org.stratobox.crypto.envelope.AeadWarmup;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Row;
import org.stratobox.sync.index.Evidence;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.merge.StateTable;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Difference;
import org.stratobox.sync.scan.Found;
import org.stratobox.sync.scan.ScanSink;
import org.stratobox.sync.scan.Scanner;
import org.stratobox.sync.task.Cancellation;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.transfer.PendingEntry.Result;

/// Captures what a scan of one folder finds: files are read and sealed by a few workers, directories and links recorded at
/// once, and what is gone is noted until the caller says that the root was valid all the time.
public final class FolderIngest implements ScanSink {
    private static final int TRIES = 3;
    /// Smaller files are many before they are slow, and many calls warm the ciphers up by themselves.
    private static final int WARM_FROM = 64 << 10;
    private static final long RACY_NANOS = 2_000_000_000L;

    private final Tools tools;
    private final Upload upload;
    private final Report report;
    private final FolderVersions versions;
    private final Semaphore free;
    private final Cancellation reading = new Cancellation();
    private final int workers;
    private final ConcurrentLinkedQueue<FileSealer> sealers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<Gone> gone = new ArrayList<>();
    /// Guarded by itself.
    private final Set<RelativePath> notCaptured = new HashSet<>();
    /// Whether the ciphers were warmed up. Used by the scanning thread only.
    private boolean warm;

    /// What ingesting works with.
    ///
    /// @param files the disk
    /// @param index what is known
    /// @param state where versions go
    /// @param tasks threads
    /// @param author of new versions
    /// @param folder keys of the folder
    /// @param patience with what may not be complete
    public record Tools(LocalFiles files, SyncIndex index, StateTable state, Tasks tasks, Author author,
            FolderKeys folder, Patience patience) {}

    /// Keys of a folder.
    ///
    /// @param sealer of its scope
    /// @param chunker with its key
    public record FolderKeys(Sealer sealer, Chunker chunker) {}

    /// Is told what could not be done and what was looked at. Called by several threads.
    public interface Report extends UploadMeter {
        /// @param shown path relative to the folder's root
        /// @param reason a sentence
        void problem(String shown, String reason);

        /// @param size of an entry that was looked at
        void seen(long size);

        /// A tombstone was recorded.
        void removed();
    }

    /// @param parent where it was on disk; empty for what was inside something that is no directory any more
    private record Gone(long directory, Row row, Optional<Path> parent) {}

    /// @param tools what it works with
    /// @param upload takes the sealed objects
    /// @param workers how many files are read at once
    /// @param report is told what happens
    public FolderIngest(Tools tools, Upload upload, int workers, Report report) {
        this.tools = tools;
        this.upload = upload;
        this.workers = workers;
        this.report = report;
        versions = new FolderVersions(tools.state(), tools.author());
        free = new Semaphore(workers);
        for (int i = 0; i < workers; i++) {
            sealers.add(new FileSealer(tools.folder().sealer(), tools.folder().chunker(), tools.tasks().cpu(), upload,
                    report));
        }
    }

    @Override
    public void problem(String shown, String reason) {
        report.problem(shown, reason);
    }

    @Override
    public void seen(long size) {
        report.seen(size);
    }

    @Override
    public void file(Found file) throws InterruptedException {
        Optional<RelativePath> path = path(file);
        long knownSize = file.known().map(k -> k.evidence().size()).orElse(0L);
        if (path.isPresent() && !tools.patience().mayRead(path.get(), file.path(), file.stat(), knownSize)) {
            leftFor(path.get());
            return;
        }
        if (!warm && file.stat().size() >= WARM_FROM) {
            warm = true;
            tools.tasks().work().execute(AeadWarmup.task());
        }
        free.acquire();
        if (failure.get() != null) {
            free.release();
            throw new InterruptedException("the pass has failed");
        }
        tools.tasks().work().execute(() -> {
            FileSealer sealer = sealers.remove();
            try {
                reading.<Boolean, TransferException>call(() -> captured(file, sealer));
            } catch (InterruptedException e) {
                failure.compareAndSet(null, e);
                Thread.currentThread().interrupt();
            } catch (TransferException | RuntimeException e) {
                failure.compareAndSet(null, e);
            } catch (OutOfMemoryError e) {
                failure.compareAndSet(null, new IllegalStateException("not enough memory", e));
            } finally {
                sealers.add(sealer);
                free.release();
            }
        });
    }

    private static Optional<RelativePath> path(Found found) {
        try {
            return Optional.of(RelativePath.parse(found.shown()));
        } catch (NameException e) {
            return Optional.empty();
        }
    }

    private void leftFor(RelativePath path) {
        synchronized (notCaptured) {
            notCaptured.add(path);
        }
    }

    /// @return paths that differ on disk and were not taken: nothing may be put in their place
    public Set<RelativePath> notCaptured() {
        synchronized (notCaptured) {
            return Set.copyOf(notCaptured);
        }
    }

    private void left(Found file, String reason) {
        path(file).ifPresent(this::leftFor);
        report.problem(file.shown(), reason);
    }

    private boolean captured(Found file, FileSealer sealer) throws TransferException, InterruptedException {
        try {
            ingest(file, sealer);
            return true;
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private void ingest(Found file, FileSealer sealer) throws TransferException, IndexException, InterruptedException {
        Optional<Entry> base = base(file);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            PendingEntry entry = new PendingEntry();
            try {
                FileStat before = attempt == 1 ? file.stat() : tools.files().stat(file.path());
                if (before.kind() != FileStat.Kind.FILE) {
                    left(file, "It became something else while it was being read. The next pass takes it.");
                    return;
                }
                FileSealer.Read read;
                try (ReadableByteChannel in = tools.files().open(file.path())) {
                    read = sealer.read(in, before.size(), entry);
                }
                if (isSame(before, tools.files().stat(file.path())) && read.size() == before.size()) {
                    entry.set(result(file, base, read.content(), before));
                    upload.complete(entry);
                    return;
                }
            } catch (IOException e) {
                left(file, Scanner.reason(e));
                return;
            }
        }
        left(file, "It kept changing while it was being read. The next pass tries again.");
    }

    private static boolean isSame(FileStat a, FileStat b) {
        return a.kind() == b.kind() && a.size() == b.size() && a.mtimeNanos() == b.mtimeNanos()
                && a.ctimeNanos() == b.ctimeNanos() && a.fileKey() == b.fileKey();
    }

    private Result result(Found file, Optional<Entry> base, Content content, FileStat stat) {
        Evidence evidence = Scanner.evidence(stat, isRacy(stat));
        Optional<Entry> version = tools.author().version(base, shown(file), content, stat);
        if (version.isPresent()) {
            path(file).ifPresent(tools.patience()::authored);
        }
        if (version.isEmpty()) {
            return new Result.Unchanged(file.known().orElseThrow().id(), evidence);
        }
        return new Result.Version(versions, found(file, base), version.get(), evidence);
    }

    private static Evidence shown(Found found) {
        return found.known().map(Row::evidence).orElse(Evidence.ABSENT);
    }

    private static FolderVersions.Found found(Found found, Optional<Entry> base) {
        return new FolderVersions.Found(found.directory(), found.name(), base.filter(Entry::isLive).isEmpty());
    }

    /// A file modified this moment may be modified again without looking different: it is read again next time.
    private boolean isRacy(FileStat stat) {
        long now = tools.author().clock().millis() * 1_000_000L;
        return stat.mtimeNanos() > now - RACY_NANOS;
    }

    private Optional<Entry> base(Found found) throws IndexException {
        if (found.known().isEmpty()) {
            return Optional.empty();
        }
        Row row = found.known().get();
        if (row.kind() == EntryKind.DIRECTORY && found.stat().kind() != FileStat.Kind.DIRECTORY) {
            childrenGone(row);
        }
        return tools.index().entries().known(row.id()).base();
    }

    private void childrenGone(Row directory) throws IndexException {
        Collection<Row> children = tools.index().entries().children(directory.id()).values();
        synchronized (gone) {
            children.stream().filter(c -> c.kind() != EntryKind.TOMBSTONE)
                    .forEach(c -> gone.add(new Gone(directory.id(), c, Optional.empty())));
        }
    }

    @Override
    public List<Long> small(List<Found> entries) throws IndexException {
        List<Long> rows = new ArrayList<>(entries.size());
        tools.index().transact(() -> {
            for (Found found : entries) {
                rows.add(smallOne(found));
            }
        });
        return rows;
    }

    private long smallOne(Found found) throws IndexException {
        EntryIndex index = tools.index().entries();
        Optional<Entry> base = base(found);
        Evidence evidence = Scanner.evidence(found.stat(), false);
        Optional<Content> content = content(found);
        if (content.isEmpty()) {
            // an unreadable link keeps its last version; the row of a directory is never asked for here
            return found.known().map(Row::id).orElse(0L);
        }
        Optional<Entry> version = tools.author().version(base, shown(found), content.get(), found.stat());
        if (version.isEmpty()) {
            index.touch(found.known().orElseThrow().id(), evidence);
            return found.known().orElseThrow().id();
        }
        return versions.record(found(found, base), version.get(), evidence);
    }

    private Optional<Content> content(Found found) {
        if (found.stat().kind() == FileStat.Kind.DIRECTORY) {
            return Optional.of(new Content.None());
        }
        try {
            String target = tools.files().readLink(found.path());
            if (Content.Link.isTarget(target)) {
                return Optional.of(new Content.Link(target));
            }
            report.problem(found.shown(), "The link's target is not valid UTF-8, so it cannot be synced.");
        } catch (IOException e) {
            report.problem(found.shown(), Scanner.reason(e));
        }
        return Optional.empty();
    }

    @Override
    public void gone(long directory, Row row, Path parent) {
        synchronized (gone) {
            gone.add(new Gone(directory, row, Optional.of(parent)));
        }
    }

    /// Gives up the files that are being read: they count as changed, so the next pass reads them again.
    public void cancel() {
        reading.cancel();
    }

    /// Waits until every file that was found is read and handed to the upload.
    ///
    /// @throws TransferException if the pass has failed
    /// @throws InterruptedException if the thread is interrupted
    public void finishReading() throws TransferException, InterruptedException {
        free.acquire(workers);
        free.release(workers);
        switch (failure.get()) {
            case null -> {
                // all read
            }
            case TransferException e -> throw e;
            case IndexException e -> throw new TransferException(e);
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw new TransferException(e);
            default -> throw new IllegalStateException("an unexpected failure", failure.get());
        }
    }

    /// What is gone, with everything that was below it, and did not appear elsewhere. Nothing is recorded yet.
    ///
    /// @return path and base of each, the state left out
    /// @throws IndexException if the index cannot be used
    public List<Difference> deletions() throws IndexException {
        synchronized (gone) {
            List<Gone> certain = new ArrayList<>();
            List<Difference> all = new ArrayList<>();
            for (Gone g : gone) {
                if (isCertain(g)) {
                    certain.add(g);
                    addAll(tools.index().entries().path(g.row().id()), g.row(), all);
                }
            }
            gone.retainAll(certain);
            return versions.withoutMoved(all);
        }
    }

    private void addAll(RelativePath path, Row row, List<Difference> all) throws IndexException {
        EntryIndex entries = tools.index().entries();
        Optional<Entry> base = entries.known(row.id()).base().filter(Entry::isLive);
        base.ifPresent(b -> all.add(new Difference(path, base, Optional.empty())));
        for (Row child : entries.children(row.id()).values()) {
            if (child.kind() != EntryKind.TOMBSTONE) {
                addAll(entries.path(child.id()), child, all);
            }
        }
    }

    /// Records what [#deletions()] told. Call only when the folder's marker was valid before and after the scan, and nobody
    /// holds the deletions back.
    ///
    /// @throws IndexException if it could not be recorded; then nothing of it is
    public void recordDeletions() throws IndexException {
        synchronized (gone) {
            tools.index().transact(() -> {
                for (Gone g : gone) {
                    long count = versions.delete(g.directory(), g.row());
                    for (long i = 0; i < count; i++) {
                        report.removed();
                    }
                }
                versions.recordLate();
            });
            gone.clear();
        }
    }

    /// A name that is back, or that cannot be asked for, is not deleted: programs that save by renaming away and creating
    /// again leave a moment without the file.
    private boolean isCertain(Gone g) throws IndexException {
        if (g.parent().isEmpty()) {
            return true;
        }
        RelativePath path = tools.index().entries().path(g.row().id());
        try {
            tools.files().stat(g.parent().get().resolve(path.name()));
            return false;
        } catch (NoSuchFileException e) {
            boolean certain = versions.movedAway(g.row()) || tools.patience().mayDelete(path, g.parent().get());
            if (!certain) {
                leftFor(path);
            }
            return certain;
        } catch (IOException e) {
            return false;
        }
    }
}
