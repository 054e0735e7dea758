package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalFiles.Child;
import org.stratobox.sync.localfs.Room;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ChunkRef;
import org.stratobox.sync.reconcile.Plan;
import org.stratobox.sync.reconcile.Site;
import org.stratobox.sync.reconcile.Step;

/// Makes the files of a batch, complete, checked and on the disk, before anything of the user's is touched. A file is named
/// after its content, so what a pass that was cut off had fetched is used by the next one; what nobody wants any more is
/// removed. User data is never in here.
final class Stage implements ChunkFetch.Ends<StagedFile> {
    private static final int ID_DIGITS = 32;
    private static final long MILLISECOND = 1_000_000L;
    private static final long WINDOW_BYTES = 256L << 20;

    private final FolderDisk folder;
    private final Base base;
    private final FileChunks chunks;
    private final SameBytes same;
    private final boolean outsideLinks;
    private final ChunkFetch<StagedFile> fetch;
    private final Map<String, Integer> named = new HashMap<>();
    private final Queue<StagedFile> complete = new ConcurrentLinkedQueue<>();
    private final AtomicLong fetched = new AtomicLong();
    private long reused;
    private boolean full;

    Stage(FolderDisk folder, Base base, SameBytes same, boolean outsideLinks) {
        this.folder = folder;
        this.base = base;
        this.same = same;
        this.outsideLinks = outsideLinks;
        this.chunks = new FileChunks(folder.tools().objects());
        this.fetch = new ChunkFetch<>(folder.tools().objects().envelopes(), folder.tools().tasks(), this);
    }

    long fetchedBytes() {
        return fetched.get();
    }

    long reusedBytes() {
        return reused;
    }

    /// Removes what an earlier pass left and this plan has no use for.
    void clean(Plan plan) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (Plan.Ordered ordered : plan.steps()) {
            if (ordered.step() instanceof Step.PutFile put) {
                wanted.add(id(put.site().becomes().orElseThrow()));
            }
        }
        for (Child child : folder.disk().list(folder.own(FolderDisk.STAGE))) {
            boolean useful = child.name().length() > ID_DIGITS
                    && wanted.contains(child.name().substring(0, ID_DIGITS));
            if (!useful) {
                removeOld(child.path());
            }
        }
    }

    private void removeOld(Path old) throws IOException {
        if (folder.disk().look(old).filter(s -> s.kind() == FileStat.Kind.DIRECTORY).isEmpty()) {
            folder.disk().discard(old);
        }
    }

    private static String id(Entry entry) {
        return entry.content().identity().toString().replaceAll("[^0-9a-f]", "").substring(0, ID_DIGITS);
    }

    /// Stages the files and links of a batch. Those that cannot be have a result afterwards.
    ///
    /// @param batch of works, in order
    void fill(List<Work> batch)
            throws IOException, IndexException, HistoryException.IndexFailed, InterruptedException {
        readListsAhead(batch);
        long room = room();
        for (Work work : batch) {
            switch (work.step()) {
                case Step.PutFile put -> room = file(work, put, room);
                case Step.PutLink put -> link(work, put.site());
                default -> {
                    // needs nothing
                }
            }
        }
        run();
        finish();
        for (Work work : batch) {
            boolean needsFile = work.step() instanceof Step.PutFile || work.step() instanceof Step.PutLink;
            if (needsFile && work.isOpen() && work.staged().isEmpty()) {
                work.end(new StepResult.Postponed(Sentences.NO_ROOM));
            }
        }
        full = false;
    }

    private long room() throws IOException {
        Room room = folder.disk().room(folder.root());
        return room.free() - room.reserve();
    }

    private void readListsAhead(List<Work> batch) throws HistoryException.IndexFailed, InterruptedException {
        List<Capability> lists = new ArrayList<>();
        for (Work work : batch) {
            if (work.step() instanceof Step.PutFile put) {
                for (Optional<Entry> side : List.of(put.site().expected(), put.site().becomes())) {
                    side.ifPresent(e -> {
                        if (e.content() instanceof Content.Manifest manifest) {
                            lists.add(manifest.capability());
                        }
                    });
                }
            }
        }
        folder.tools().objects().prefetch(ObjectType.MANIFEST, lists);
    }

    /// @return room that is left
    private long file(Work work, Step.PutFile put, long room)
            throws IndexException, HistoryException.IndexFailed, InterruptedException {
        Entry entry = put.site().becomes().orElseThrow();
        try {
            if (!isWorthwhile(put.site())) {
                work.end(StepResult.CHANGED);
                return room;
            }
            StagedFile file = new StagedFile(work, entry, place(entry), folder);
            long there = start(file);
            if (entry.size() - there > room) {
                work.end(new StepResult.Postponed(Sentences.NO_ROOM));
                return room;
            }
            plan(file, put, there > 0);
            return room - (entry.size() - there);
        } catch (IOException e) {
            work.end(new StepResult.Postponed(Sentences.of(e)));
            return room;
        } catch (RestoreException e) {
            work.end(new StepResult.Postponed(Sentences.NO_ROOM));
            return room;
        }
    }

    /// Spares fetching what could not be placed. Nothing relies on it. What an earlier step of the batch changes is not
    /// looked at.
    private boolean isWorthwhile(Site site) throws IOException, IndexException, InterruptedException {
        Path path = folder.user(site.path());
        Optional<FileStat> there = folder.disk().look(path);
        if (!site.expectsSomething() || !base.is(site.path(), site.expected())) {
            return true;
        }
        return there.isPresent() && Seen.isSameButRenamed(base.now(site.path()).evidence(),
                org.stratobox.sync.scan.Scanner.evidence(there.get(), false));
    }

    private RelativePath place(Entry entry) {
        String id = id(entry);
        return FolderDisk.STAGE.child(id + "-" + named.merge(id, 1, Integer::sum));
    }

    /// @return bytes that are there already, not checked yet
    private long start(StagedFile file) throws IOException {
        Optional<FileStat> old = folder.disk().look(file.path());
        if (old.isPresent() && (old.get().kind() != FileStat.Kind.FILE || old.get().size() > file.entry().size())) {
            folder.disk().discard(file.path());
            old = Optional.empty();
        }
        if (old.isEmpty()) {
            folder.disk().openStaged(file.path()).close();
        }
        return old.map(FileStat::size).orElse(0L);
    }

    private void plan(StagedFile file, Step.PutFile put, boolean begun)
            throws IOException, IndexException, RestoreException, HistoryException.IndexFailed, InterruptedException {
        if (file.entry().content() instanceof Content.Inline) {
            fetch.addInline(file);
            return;
        }
        try (LocalSource source = source(put); SeekableByteChannel staged = folder.disk().openStaged(file.path())) {
            chunks.<RestoreException>forEach(file.entry(), (offset, chunk) -> {
                if (full) {
                    file.fail(Sentences.NO_ROOM);
                } else if (!isThere(staged, begun, offset, chunk) && !copied(source, file, offset, chunk)) {
                    fetch.addChunk(file, offset, chunk);
                    if (fetch.bytes() >= WINDOW_BYTES) {
                        run();
                    }
                }
            });
        } catch (HistoryException.IndexFailed e) {
            throw e;
        } catch (HistoryException e) {
            file.fail(Sentences.of(e));
        }
        fetch.stepDone(file);
    }

    private LocalSource source(Step.PutFile put)
            throws IOException, IndexException, HistoryException.IndexFailed, InterruptedException {
        LocalSource source = new LocalSource(folder.disk(), same);
        Optional<Entry> old = put.site().expected().filter(e -> e.content() instanceof Content.Manifest);
        if (old.isPresent()) {
            source.add(folder.user(put.path()), old.get(), chunks);
        }
        if (put.copyOf().isPresent()) {
            RelativePath copy = put.copyOf().get();
            Optional<Entry> there = base.now(copy).entry().filter(Entry::isLive);
            if (there.isPresent()) {
                source.add(folder.user(copy), there.get(), chunks);
            }
        }
        return source;
    }

    private boolean isThere(SeekableByteChannel staged, boolean begun, long offset, ChunkRef chunk) {
        boolean there = begun && same.read(staged, offset, chunk).isPresent();
        reused += there ? chunk.length() : 0;
        return there;
    }

    private boolean copied(LocalSource source, StagedFile file, long offset, ChunkRef chunk) {
        Optional<byte[]> bytes = source.read(chunk);
        if (bytes.isEmpty()) {
            return false;
        }
        try {
            file.write(bytes.get(), offset);
            reused += chunk.length();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void run() throws HistoryException.IndexFailed, InterruptedException {
        if (fetch.isEmpty()) {
            return;
        }
        try {
            fetch.run();
        } catch (RestoreException e) {
            // whatever is not complete by now waits
            full = true;
            fetch.forget();
        }
    }

    @Override
    public void complete(StagedFile file) {
        complete.add(file);
    }

    @Override
    public void gaveUp(StagedFile file, String why) {
        file.work().end(new StepResult.Postponed(why));
    }

    @Override
    public void moved(long count) {
        fetched.addAndGet(count);
    }

    private void link(Work work, Site site) {
        Entry entry = site.becomes().orElseThrow();
        String target = ((Content.Link) entry.content()).target();
        if (!folder.traits().symlinks()) {
            work.end(new StepResult.Postponed(Sentences.NO_LINKS));
        } else if (!outsideLinks && leadsOut(site.path(), target)) {
            work.end(new StepResult.Postponed(Sentences.OUTSIDE_LINK));
        } else {
            makeLink(work, entry, target);
        }
    }

    private void makeLink(Work work, Entry entry, String target) {
        RelativePath place = place(entry);
        try {
            folder.disk().discard(folder.own(place));
            folder.disk().makeLink(folder.own(place), target);
            setLinkTime(folder.own(place), entry);
            work.stage(place, Seen.identity(folder.disk().stat(folder.own(place))));
        } catch (IOException e) {
            work.end(new StepResult.Postponed(Sentences.of(e)));
        }
    }

    private void setLinkTime(Path link, Entry entry) {
        try {
            folder.disk().setTime(link, entry.mtimeMillis() * MILLISECOND);
        } catch (IOException | UnsupportedOperationException e) {
            // a system that keeps no time for links: the evidence holds the one it has
        }
    }

    /// @return whether following the text could leave the folder, judged by names alone
    static boolean leadsOut(RelativePath link, String target) {
        int depth = link.depth() - 1;
        if (target.startsWith("/") || target.startsWith("\\") || target.matches("[A-Za-z]:.*")) {
            return true;
        }
        for (String part : target.split("[/\\\\]", -1)) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /// Gives complete files their attributes and brings them onto the disk together.
    private void finish() throws IOException {
        List<StagedFile> done = new ArrayList<>();
        for (StagedFile file = complete.poll(); file != null; file = complete.poll()) {
            try {
                setAttributes(file);
                done.add(file);
            } catch (IOException e) {
                file.work().end(new StepResult.Postponed(Sentences.of(e)));
            }
        }
        force(done);
    }

    private void force(Collection<StagedFile> files) throws IOException {
        try {
            folder.disk().force(files.stream().map(StagedFile::path).toList());
            folder.disk().forceDirectory(folder.own(FolderDisk.STAGE));
        } catch (IOException e) {
            files.forEach(file -> file.work().end(new StepResult.Postponed(Sentences.of(e))));
            return;
        }
        for (StagedFile file : files) {
            file.work().stage(file.place(), Seen.identity(folder.disk().stat(file.path())));
        }
    }

    private void setAttributes(StagedFile file) throws IOException {
        FileStat stat = folder.disk().stat(file.path());
        if (stat.size() != file.entry().size()) {
            throw new NotWritable(Sentences.NOT_WHOLE);
        }
        Optional<FileStat> old = replaced(file.work());
        int mode = old.isPresent()
                ? StepRunner.withExecute(old.get().mode(), file.entry().isExecutable())
                : file.entry().mode();
        if (old.isPresent()) {
            folder.disk().copyExtras(folder.user(file.work().step().path()), file.path());
        }
        if (folder.traits().modes() && stat.mode() != mode) {
            folder.disk().setMode(file.path(), mode);
        }
        folder.disk().setTime(file.path(), file.entry().mtimeMillis() * MILLISECOND);
    }

    /// @return what the file is going to replace, if that is a file
    private Optional<FileStat> replaced(Work work) throws IOException {
        boolean replaces = work.step() instanceof Step.PutFile put && put.site().expectsSomething();
        return replaces
                ? folder.disk().look(folder.user(work.step().path())).filter(s -> s.kind() == FileStat.Kind.FILE)
                : Optional.empty();
    }
}
