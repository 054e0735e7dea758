package org.stratobox.sync.engine;

import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.api.Account.Listing;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.history.DeletedEntries;
import org.stratobox.sync.history.FileVersion;
import org.stratobox.sync.history.FolderContents;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.MergedFolder;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.history.Snapshot;
import org.stratobox.sync.history.Timeline;
import org.stratobox.sync.history.Versions;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.reconcile.ConflictNames;
import org.stratobox.sync.reconcile.StateJoin;

/// The kept states of an account, read through the heads that were accepted.
final class PastView implements Past {
    private final EngineParts parts;
    private final Mesh mesh;
    private final ObjectReader objects;
    private final Timeline timeline;
    private final Map<DeviceId, String> labels;
    private final Function<String, FolderId> folders;

    /// What it reads with.
    ///
    /// @param parts of the engine
    /// @param mesh of the account
    /// @param objects opens what was published
    record Tools(EngineParts parts, Mesh mesh, ObjectReader objects) {}

    /// @param tools what it reads with
    /// @param heads accepted ones, of all devices
    /// @param labels what people call the devices
    /// @param folders name of a folder to its id
    PastView(Tools tools, Collection<Head> heads, Map<DeviceId, String> labels, Function<String, FolderId> folders) {
        parts = tools.parts();
        mesh = tools.mesh();
        objects = tools.objects();
        timeline = new Timeline(objects, heads.stream()
                .map(h -> new Snapshot.Point(h.device(), h.seq(), h.wallMillis(), h.commit())).toList());
        this.labels = Map.copyOf(labels);
        this.folders = folders;
    }

    static RelativePath path(String text) throws StratoboxException {
        try {
            return RelativePath.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (NameException e) {
            throw new StratoboxException(Reason.USAGE, "\"" + text + "\" is not a path inside a folder.", e);
        }
    }

    private static StratoboxException absent(Place place) {
        return new StratoboxException(Reason.USAGE, "There is no \"" + place.path() + "\" in the folder "
                + place.folder() + (place.atMillis().isPresent() ? " at that time." : "."));
    }

    // ---- states

    private List<Capability> trees(String folder, Optional<Long> atMillis)
            throws StratoboxException, HistoryException, InterruptedException {
        List<Capability> trees = timeline.trees(folders.apply(folder), atMillis);
        if (trees.isEmpty()) {
            throw new StratoboxException(Reason.USAGE, "The account has no folder called \"" + folder + "\""
                    + (atMillis.isPresent() ? " at that time." : "."));
        }
        return trees;
    }

    private FolderContents open(List<Capability> trees) throws HistoryException, InterruptedException {
        return new MergedFolder(objects, new StateJoin(new ConflictNames(labels))).open(trees);
    }

    /// @return live entries at and below some paths as they were, in order of paths
    SortedMap<RelativePath, Entry> at(String folder, List<RelativePath> paths, long millis)
            throws StratoboxException, HistoryException, InterruptedException {
        SortedMap<RelativePath, Entry> out = new TreeMap<>();
        List<RelativePath> missing = open(trees(folder, Optional.of(millis))).<RuntimeException>forEach(paths,
                (path, entry) -> {
                    // a directory that only shows because of what is in it has no version of its own
                    if (entry.version().size() > 0) {
                        out.put(path, entry);
                    }
                });
        for (RelativePath path : missing) {
            if (!path.isRoot()) {
                throw absent(new Place(folder, path.text(), Optional.of(millis)));
            }
        }
        return out;
    }

    @Override
    public void list(Place place, Consumer<Listing> to) throws StratoboxException {
        Guarded.run(() -> {
            RelativePath wanted = path(place.path());
            List<RelativePath> missing = open(trees(place.folder(), place.atMillis())).<RuntimeException>forEach(
                    List.of(wanted), (at, entry) -> to.accept(listing(at, entry)));
            if (!missing.isEmpty() && !wanted.isRoot()) {
                throw absent(place);
            }
            return true;
        }, mesh);
    }

    static Listing listing(RelativePath path, Entry entry) {
        String kind = entry.kind() == EntryKind.DIRECTORY
                ? "directory"
                : entry.kind() == EntryKind.SYMLINK ? "symlink" : "file";
        return new Listing(path.text(), kind, entry.size(), entry.mtimeMillis(), entry.mode());
    }

    @Override
    public void cat(Place place, OutputStream to) throws StratoboxException {
        Guarded.run(() -> {
            RelativePath path = path(place.path());
            if (path.isRoot()) {
                throw absent(place);
            }
            write(open(trees(place.folder(), place.atMillis())).find(path).orElseThrow(() -> absent(place)), to);
            return true;
        }, mesh);
    }

    private void write(Entry entry, OutputStream to)
            throws StratoboxException, HistoryException, InterruptedException {
        if (entry.kind() != EntryKind.FILE || entry.content() instanceof Content.None) {
            throw new StratoboxException(Reason.USAGE, "That is not a file.");
        }
        RestoreJob.cat(objects, parts, entry, to);
    }

    // ---- deleted

    @Override
    public void deleted(Place place, Consumer<Deleted> to) throws StratoboxException {
        Guarded.run(() -> {
            deletions(place).forEach(
                    (path, e) -> to.accept(new Deleted(path.text(), e.wallMillis(), label(e.author()))));
            return true;
        }, mesh);
    }

    private SortedMap<RelativePath, Entry> deletions(Place place)
            throws StratoboxException, HistoryException, InterruptedException {
        List<Capability> trees = trees(place.folder(), place.atMillis());
        return new DeletedEntries(objects).in(trees, open(trees), path(place.path()));
    }

    /// @return what is deleted at and below some paths, as it was before
    SortedMap<RelativePath, Entry> beforeDeletion(String folder, List<RelativePath> paths)
            throws StratoboxException, HistoryException, InterruptedException {
        SortedMap<RelativePath, Entry> gone = new TreeMap<>();
        for (RelativePath path : paths) {
            gone.putAll(deletions(Place.now(folder, path.text())));
        }
        return new DeletedEntries(objects).lastLive(gone, timeline.chains(folders.apply(folder)));
    }

    private String label(DeviceId device) {
        return labels.getOrDefault(device, "unknown");
    }

    // ---- versions

    private List<FileVersion> find(String folder, String path)
            throws StratoboxException, HistoryException, InterruptedException {
        RelativePath at = path(path);
        List<FileVersion> versions = at.isRoot()
                ? List.of()
                : new Versions(objects, timeline.chains(folders.apply(folder))).of(at);
        if (versions.isEmpty()) {
            throw new StratoboxException(Reason.USAGE, "Nothing is known of \"" + path + "\" in the folder " + folder
                    + ": it is not among the kept states.");
        }
        return versions;
    }

    @Override
    public List<Version> versions(String folder, String path) throws StratoboxException {
        return Guarded.run(() -> find(folder, path).stream().map(v -> version(v.id(), v.path(), v.entry())).toList(),
                mesh);
    }

    private Version version(String id, RelativePath path, Entry e) {
        return new Version(id, path.text(), kind(e), e.size(), e.mtimeMillis(), e.wallMillis(), label(e.author()));
    }

    static Kind kind(Entry entry) {
        return switch (entry.kind()) {
            case FILE -> Kind.FILE;
            case DIRECTORY -> Kind.DIRECTORY;
            case SYMLINK -> Kind.SYMLINK;
            case TOMBSTONE -> Kind.DELETED;
        };
    }

    /// @return the one version of that name
    Entry version(String folder, String path, String id)
            throws StratoboxException, HistoryException, InterruptedException {
        List<FileVersion> fitting = find(folder, path).stream().filter(v -> !id.isEmpty() && v.id().startsWith(id))
                .toList();
        if (fitting.size() != 1) {
            throw new StratoboxException(Reason.USAGE, fitting.isEmpty()
                    ? "There is no version " + id + " of \"" + path + "\"."
                    : "More than one version of \"" + path + "\" begins like that.");
        }
        return fitting.getFirst().entry();
    }

    @Override
    public void catVersion(String folder, String path, String version, OutputStream to) throws StratoboxException {
        Guarded.run(() -> {
            write(version(folder, path, version), to);
            return true;
        }, mesh);
    }
}
