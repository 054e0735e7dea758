package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.stratobox.sync.api.History;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.Progress;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.history.Reversal;
import org.stratobox.sync.history.Undo;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PassTable;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.transfer.TransferException;

/// History of an open account. What is taken back is written into the state first, as new versions of this device; the pass
/// that follows brings it onto the disk by the rules for every change, and to the nodes.
final class HistoryView implements History {
    private static final long CACHE_BYTES = 32L << 20;

    private final Access account;

    HistoryView(Access account) {
        this.account = account;
    }

    /// What an open account lends, one caller at a time.
    interface Access {
        <T> T with(Use<T> use) throws StratoboxException;

        /// A pass over all folders.
        void pass(Consumer<Progress> progress) throws StratoboxException;
    }

    /// What an open account consists of.
    record Context(Session session, Home home, Map<DeviceId, String> labels) {
        EngineParts parts() {
            return session.parts();
        }

        DeviceKeys keys() {
            return session.keys();
        }

        SyncIndex index() {
            return session.index();
        }

        Mesh mesh() {
            return session.mesh();
        }

        AccountState refreshed() throws StratoboxException, IndexException, PackException, HistoryException,
                InterruptedException {
            return session.refresh();
        }

        FolderId folder(String name) throws StratoboxException {
            return keys().folderId(home.folder(name).name());
        }
    }

    /// Work with it.
    @FunctionalInterface
    interface Use<T> {
        T of(Context context) throws StratoboxException, IndexException, TransferException, PackException,
                HistoryException, InterruptedException;
    }

    @Override
    public Past past() throws StratoboxException {
        return account.with(HistoryView::past);
    }

    private static PastView past(Context c) throws StratoboxException, IndexException, PackException, HistoryException,
            InterruptedException {
        AccountState state = c.refreshed();
        List<Heads.Read> read = new Heads(c.keys().epochs(), state.records().certificates())
                .read(c.mesh(), c.parts().tasks(), c.index().heads().names()).heads();
        ObjectReader objects = new ObjectReader(c.index(), c.mesh().store(), c.parts().tasks(), CACHE_BYTES);
        return new PastView(new PastView.Tools(c.parts(), c.mesh(), objects),
                read.stream().map(Heads.Read::head).toList(), state.labels(),
                c.keys()::folderId);
    }

    // ---- passes

    @Override
    public List<Pass> log(LogFilter filter) throws StratoboxException {
        return account.with(c -> {
            Set<PassTable.Cause> causes = EnumSet.noneOf(PassTable.Cause.class);
            filter.causes().forEach(cause -> causes.add(cause(cause)));
            Optional<FolderId> folder = filter.folder().isPresent()
                    ? Optional.of(c.folder(filter.folder().get()))
                    : Optional.empty();
            Names names = Names.of(c);
            return c.index().passes()
                    .list(new PassTable.Filter(folder, causes.isEmpty() ? EnumSet.allOf(PassTable.Cause.class) : causes,
                            PastView.path(filter.path().orElse("")), filter.sinceMillis(), filter.limit()))
                    .stream().map(names::pass).toList();
        });
    }

    private record Names(Map<FolderId, String> folders, Map<DeviceId, String> devices) {
        static Names of(Context c) throws StratoboxException {
            Map<FolderId, String> folders = new HashMap<>();
            c.home().folders().forEach(f -> folders.put(c.keys().folderId(f.name()), f.name()));
            return new Names(folders, c.labels());
        }

        Pass pass(PassTable.Pass p) {
            return new Pass(p.id(), p.wallMillis(),
                    folders.getOrDefault(p.folder(), "a folder that is not synced here any more"), cause(p.cause()),
                    p.device().map(d -> devices.getOrDefault(d, "unknown")), p.undone(),
                    new Counts(p.counts().created(), p.counts().changed(), p.counts().deleted()),
                    p.complete() && folders.containsKey(p.folder()));
        }
    }

    private static Cause cause(PassTable.Cause cause) {
        return switch (cause) {
            case LOCAL -> Cause.LOCAL;
            case DEVICE -> Cause.DEVICE;
            case UNDO -> Cause.UNDO;
            case PUT_BACK -> Cause.PUT_BACK;
        };
    }

    private static PassTable.Cause cause(Cause cause) {
        return switch (cause) {
            case LOCAL -> PassTable.Cause.LOCAL;
            case DEVICE -> PassTable.Cause.DEVICE;
            case UNDO -> PassTable.Cause.UNDO;
            case PUT_BACK -> PassTable.Cause.PUT_BACK;
        };
    }

    @Override
    public List<Change> changes(long pass) throws StratoboxException {
        return account.with(c -> {
            find(c, pass);
            return c.index().passes().changes(pass).stream().map(HistoryView::change).toList();
        });
    }

    private static Change change(PassTable.PathChange change) {
        Optional<Entry> before = change.before().filter(Entry::isLive);
        Optional<Entry> after = change.after().filter(Entry::isLive);
        return new Change(change.path().text(), before.map(PastView::kind), after.map(PastView::kind),
                after.or(() -> before).map(Entry::size).orElse(0L));
    }

    private static PassTable.Pass find(Context c, long pass) throws IndexException, StratoboxException {
        return c.index().passes().find(pass)
                .orElseThrow(() -> new StratoboxException(Reason.USAGE,
                        "There is no pass " + pass + " in the log of this device. See them with: stratobox log"));
    }

    // ---- taking back

    @Override
    public TakeBack planUndo(long pass) throws StratoboxException {
        return account.with(c -> TakingBack.shown(undoing(c, pass)));
    }

    @Override
    public TakeBack undo(long pass, Consumer<Progress> progress) throws StratoboxException {
        return carriedOut(account.with(c -> {
            Reversal reversal = undoing(c, pass);
            FolderId folder = find(c, pass).folder();
            new TakingBack(c, folder).write(reversal,
                    PassTable.Pass.of(c.parts().clock().millis(), folder, PassTable.Cause.UNDO).undoing(pass));
            return TakingBack.shown(reversal);
        }), progress);
    }

    private static Reversal undoing(Context c, long pass) throws IndexException, StratoboxException {
        PassTable.Pass found = find(c, pass);
        if (!Names.of(c).folders().containsKey(found.folder())) {
            throw new StratoboxException(Reason.USAGE, "The folder of the pass " + pass
                    + " is not synced on this device any more. Nothing was changed.");
        }
        if (!found.complete()) {
            throw new StratoboxException(Reason.USAGE, "The pass " + pass + " changed more than "
                    + PassTable.MAX_CHANGES + " paths, which is more than is kept. Nothing was changed."
                    + " Put the folder back to a moment instead.");
        }
        return Undo.of(c.index().passes().changes(pass), new IndexPresent(c.index().entries(), found.folder()));
    }

    @Override
    public TakeBack planPutBack(PutBack what) throws StratoboxException {
        return account.with(c -> TakingBack.shown(puttingBack(c, what)));
    }

    @Override
    public TakeBack putBack(PutBack what, Consumer<Progress> progress) throws StratoboxException {
        return carriedOut(account.with(c -> {
            Reversal reversal = puttingBack(c, what);
            FolderId folder = c.folder(what.folder());
            new TakingBack(c, folder).write(reversal,
                    PassTable.Pass.of(c.parts().clock().millis(), folder, PassTable.Cause.PUT_BACK));
            return TakingBack.shown(reversal);
        }), progress);
    }

    private static Reversal puttingBack(Context c, PutBack what) throws StratoboxException, IndexException,
            PackException, HistoryException, InterruptedException {
        FolderId folder = c.folder(what.folder());
        List<RelativePath> paths = new ArrayList<>();
        for (String path : what.paths()) {
            paths.add(PastView.path(path));
        }
        PastView past = past(c);
        SortedMap<RelativePath, Entry> then = switch (what.from()) {
            case From.Moment m -> past.at(what.folder(), paths, m.millis());
            case From.BeforeDeletion _ -> past.beforeDeletion(what.folder(), paths);
            case From.OfVersion v -> version(past, what, paths, v.id());
        };
        return org.stratobox.sync.history.PutBack.of(then, new IndexPresent(c.index().entries(), folder));
    }

    private static SortedMap<RelativePath, Entry> version(PastView past, PutBack what, List<RelativePath> paths,
            String id) throws StratoboxException, HistoryException, InterruptedException {
        if (paths.size() != 1) {
            throw new StratoboxException(Reason.USAGE, "A version is one of one file: name exactly one path.");
        }
        Entry entry = past.version(what.folder(), paths.getFirst().text(), id);
        if (!entry.isLive()) {
            throw new StratoboxException(Reason.USAGE, "That version is the deletion. Choose another.");
        }
        return new TreeMap<>(Map.of(paths.getFirst(), entry));
    }

    /// What was decided holds, whether or not the pass that carries it out gets through now.
    private TakeBack carriedOut(TakeBack decided, Consumer<Progress> progress) {
        if (decided.done().isEmpty()) {
            return decided;
        }
        try {
            account.pass(progress);
            return decided;
        } catch (StratoboxException e) {
            List<Problem> left = new ArrayList<>(decided.left());
            left.add(new Problem("", "It is recorded, and the next pass carries it out. It could not be done now: "
                    + e.getMessage()));
            return new TakeBack(decided.done(), left);
        }
    }

    // ---- trash

    @Override
    public List<Trashed> trash(Optional<String> folder) throws StratoboxException {
        return account.with(c -> {
            if (folder.isPresent()) {
                c.folder(folder.get());
            }
            return new TrashView(c).list(folder);
        });
    }

    @Override
    public TakeBack takeFromTrash(List<Long> items) throws StratoboxException {
        return account.with(c -> new TrashView(c).takeOut(items));
    }
}
