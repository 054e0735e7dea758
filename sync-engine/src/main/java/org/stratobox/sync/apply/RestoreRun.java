package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.EntryVisitor;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Tasks;

/// One restore: takes entries, plans windows of files, runs them. Used by one thread.
final class RestoreRun implements EntryVisitor<RestoreException> {
    private static final int WINDOW_FILES = 20_000;
    private static final long WINDOW_BYTES = 256L << 20;
    private static final int VERIFIERS = 4;

    private final Restorer.Tools tools;
    private final Path target;
    private final TargetTree tree;
    private final Staging staging;
    private final BesideNames names;
    private final Placement placement;
    private final FileChunks chunks;
    private final SameBytes same;
    private final Tally tally;
    private final Transfer transfer;
    /// Files that were not looked at yet, and their size.
    private final List<FileJob> waiting = new ArrayList<>();
    private long waitingBytes;

    RestoreRun(Restorer.Tools tools, Destination to, Staging staging, Tally tally) {
        this.names = new BesideNames(to.day());
        this.tools = tools;
        this.target = to.target();
        this.tree = new TargetTree(target, names, tools.files());
        this.staging = staging;
        this.placement = new Placement(names, tools.files());
        this.chunks = new FileChunks(tools.objects());
        this.same = new SameBytes(tools.files(), chunks, to.sealer());
        this.tally = tally;
        this.transfer = new Transfer(tools.objects().envelopes(), tools.tasks(), placement, tally);
    }

    void begin() throws RestoreException {
        try {
            TargetTree.Directory root = tree.open();
            // finds out at once what an earlier restore left and whether anything can be written
            Files.deleteIfExists(staging.file(root.path(), root.device()));
        } catch (IOException e) {
            throw new RestoreException(RestoreException.Reason.TARGET_UNUSABLE, Sentences.of(e), e);
        }
    }

    @Override
    public void visit(RelativePath path, Entry entry)
            throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            switch (entry.kind()) {
                case DIRECTORY -> tree.declare(path, entry);
                case SYMLINK -> link(path, entry);
                case FILE -> file(path, entry);
                case TOMBSTONE -> throw new IllegalArgumentException("only live entries are restored");
            }
        } catch (IOException e) {
            tally.left(path, ChunkFetch.sentence(e));
        }
    }

    @Override
    public void unreadable(RelativePath directory, HistoryException why) throws HistoryException {
        if (why instanceof HistoryException.IndexFailed) {
            throw why;
        }
        tally.left(directory, "Some of what this directory holds cannot be listed. " + Sentences.of(why));
    }

    private void link(RelativePath path, Entry entry) throws IOException {
        TargetTree.Directory directory = tree.directory(path.parent().orElseThrow());
        String text = entry.content() instanceof Content.Link link ? link.target() : "";
        tally.expect(0);
        tree.touch(directory);
        switch (placement.placeLink(directory, path.name(), text)) {
            case WRITTEN -> tally.wrote(0, false);
            case BESIDE -> tally.wrote(0, true);
            case KEPT -> tally.kept();
        }
    }

    private void file(RelativePath path, Entry entry)
            throws IOException, RestoreException, HistoryException.IndexFailed, InterruptedException {
        tally.expect(entry.size());
        TargetTree.Directory directory = tree.directory(path.parent().orElseThrow());
        // finds out whether this disk can have the name before anything is fetched
        TargetTree.child(directory, path.name());
        waiting.add(new FileJob(path, entry, directory, staging.file(directory.path(), directory.device())));
        waitingBytes += entry.size();
        if (waiting.size() >= WINDOW_FILES || waitingBytes >= WINDOW_BYTES) {
            flush();
        }
    }

    /// Brings everything that was taken so far onto the disk.
    void flush() throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        readManifestsAhead();
        List<Boolean> there = lookForEqual();
        for (int i = 0; i < there.size(); i++) {
            FileJob job = waiting.get(i);
            if (there.get(i)) {
                tally.kept();
                tally.moved(job.entry().size());
            } else {
                tree.touch(job.directory());
                plan(job);
            }
        }
        waiting.clear();
        waitingBytes = 0;
        run();
    }

    /// As [#flush], and every file has its name.
    void finish() throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        flush();
        transfer.awaitNames();
    }

    private void readManifestsAhead() throws HistoryException.IndexFailed, InterruptedException {
        List<Capability> manifests = new ArrayList<>();
        for (FileJob job : waiting) {
            if (job.entry().content() instanceof Content.Manifest manifest) {
                manifests.add(manifest.capability());
            }
        }
        tools.objects().prefetch(ObjectType.MANIFEST, manifests);
    }

    private List<Boolean> lookForEqual() throws InterruptedException {
        int part = Math.max(1, (waiting.size() + VERIFIERS - 1) / VERIFIERS);
        List<Tasks.Job<List<Boolean>, RuntimeException>> jobs = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i += part) {
            List<FileJob> some = waiting.subList(i, Math.min(waiting.size(), i + part));
            jobs.add(() -> {
                List<Boolean> out = new ArrayList<>(some.size());
                for (FileJob job : some) {
                    out.add(!job.directory().isNew() && isThere(job));
                }
                return out;
            });
        }
        return Tasks.all(tools.tasks().work(), jobs).stream().flatMap(List::stream).toList();
    }

    /// @return whether the file, or one that was put beside another earlier, is there and surely equal
    private boolean isThere(FileJob job) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            for (int i = 0; i < BesideNames.MOST; i++) {
                Path path = TargetTree.child(job.directory(), names.name(job.path().name(), i));
                Optional<FileStat> stat = tree.stat(path);
                if (stat.isEmpty()) {
                    return false;
                }
                if (stat.get().kind() == FileStat.Kind.FILE && stat.get().size() == job.entry().size()
                        && TargetTree.isSameName(path) && same.proven(path, job.entry())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // found again, and told, when the file is placed
            return false;
        }
    }

    private void plan(FileJob job) throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        if (job.entry().content() instanceof Content.Inline) {
            transfer.addInline(job);
            return;
        }
        try {
            chunks.<RestoreException>forEach(job.entry(), (offset, chunk) -> {
                transfer.addChunk(job, offset, chunk);
                if (transfer.bytes() >= WINDOW_BYTES) {
                    run();
                }
            });
        } catch (HistoryException.IndexFailed e) {
            throw e;
        } catch (HistoryException e) {
            job.fail(Sentences.of(e));
        }
        transfer.stepDone(job);
    }

    private void run() throws RestoreException, HistoryException.IndexFailed, InterruptedException {
        if (transfer.isEmpty()) {
            return;
        }
        requireSpace(transfer.bytes());
        transfer.run();
    }

    private void requireSpace(long bytes) throws RestoreException {
        try {
            if (tools.space().of(target) < bytes) {
                throw new RestoreException(RestoreException.Reason.DISK_FULL, Sentences.FULL);
            }
        } catch (IOException e) {
            throw new RestoreException(RestoreException.Reason.TARGET_UNUSABLE, Sentences.of(e), e);
        }
    }

    /// Sets what directories get last. Also after a restore that was cut off.
    void end() throws RestoreException {
        transfer.settle();
        try {
            staging.close();
            tree.finish(staging.foundLeftovers(), tally);
        } catch (IOException e) {
            throw new RestoreException(RestoreException.Reason.TARGET_UNUSABLE, Sentences.of(e), e);
        }
    }
}
