package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.localfs.DiskTraits;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// The directory of one folder: where paths of the state are on this disk, and the product's own area in it. Used by one
/// thread.
final class FolderDisk {
    private static final RelativePath OWN = RelativePath.ROOT.child(FolderMarker.OWN_PREFIX);
    static final RelativePath STAGE = OWN.child(LocalDisk.STAGE);
    static final RelativePath PARK = OWN.child(LocalDisk.PARK);
    static final RelativePath TRASH = OWN.child(LocalDisk.TRASH);
    private static final int PRIVATE = 0700;
    private static final int SHORT_ID = 4;

    private final ApplyTools tools;
    private final FolderMarker marker;
    private final Path root;
    private final DiskTraits traits;
    private final Set<RelativePath> madeInTrash = new HashSet<>();

    private FolderDisk(ApplyTools tools, FolderMarker marker, Path root) throws IOException {
        this.tools = tools;
        this.marker = marker;
        this.root = root;
        requireMarker();
        for (RelativePath part : List.of(STAGE, PARK, TRASH)) {
            if (tools.disk().look(own(part)).isEmpty()) {
                tools.disk().makeDirectory(own(part), PRIVATE);
            }
        }
        this.traits = tools.disk().traits(root);
    }

    /// @throws NotWritable if the folder is not there or not the right one
    /// @throws IOException if nothing can be written there
    static FolderDisk open(ApplyTools tools, ApplyTarget target) throws IOException {
        return new FolderDisk(tools, target.marker(), tools.disk().real(target.root()));
    }

    /// @throws NotWritable if the marker is not in the folder now
    void requireMarker() throws IOException {
        if (!FolderMarker.read(tools.disk(), root).equals(Optional.of(marker))) {
            throw new NotWritable(Sentences.NOT_THE_FOLDER);
        }
    }

    LocalDisk disk() {
        return tools.disk();
    }

    ApplyTools tools() {
        return tools;
    }

    FolderId folder() {
        return marker.folder();
    }

    DiskTraits traits() {
        return traits;
    }

    Path root() {
        return root;
    }

    /// @param path in the own area
    Path own(RelativePath path) {
        return root.resolve(path.text());
    }

    /// @param path in the own area or the user's
    /// @throws NotWritable if this disk cannot have it
    Path any(RelativePath path) throws IOException {
        return path.isBelow(OWN) ? own(path) : user(path);
    }

    /// Where a path of the state is, or would be. A name that is there in another Unicode form is found.
    ///
    /// @throws NotWritable if the path is not one for users, or this disk cannot have it
    Path user(RelativePath path) throws IOException {
        if (path.isRoot()) {
            return root;
        }
        Path parent = user(path.parent().orElseThrow());
        String name = path.name();
        if (name.startsWith(FolderMarker.OWN_PREFIX)) {
            throw new NotWritable(Sentences.OWN_NAME);
        }
        Path direct = child(parent, name);
        return isAscii(name) || disk().look(direct).isPresent() ? direct : otherForm(parent, name).orElse(direct);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    private static Path child(Path parent, String name) throws NotWritable {
        try {
            Path one = parent.getFileSystem().getPath(name);
            if (one.isAbsolute() || one.getNameCount() != 1 || !one.toString().equals(name)) {
                throw new NotWritable(Sentences.NAME);
            }
            return parent.resolve(one);
        } catch (InvalidPathException e) {
            throw new NotWritable(Sentences.NAME);
        }
    }

    private Optional<Path> otherForm(Path parent, String name) throws IOException {
        if (disk().look(parent).filter(s -> s.kind() == FileStat.Kind.DIRECTORY).isEmpty()) {
            return Optional.empty();
        }
        return disk().list(parent).stream().filter(LocalFiles.Child::decodable)
                .filter(c -> Normalizer.normalize(c.name(), Normalizer.Form.NFC).equals(name))
                .map(LocalFiles.Child::path).findFirst();
    }

    /// @return a free place in the trash for something at that path; its directory is there
    RelativePath trashPlace(RelativePath original) throws IOException {
        RelativePath day = TRASH.child(LocalDate.ofInstant(Instant.ofEpochMilli(now()), ZoneOffset.UTC).toString());
        RelativePath directory = day;
        for (RelativePath at : ancestors(original)) {
            RelativePath deeper = directory.child(at.name());
            // a path that got too deep lies flat; the table knows where it belongs
            directory = deeper.depth() < RelativePath.MAX_DEPTH - 1 ? deeper : directory;
        }
        makeDirectories(directory);
        return directory.child(tagged(original.name()));
    }

    private static List<RelativePath> ancestors(RelativePath path) {
        return java.util.stream.Stream.iterate(path.parent(), Optional::isPresent, p -> p.get().parent())
                .map(Optional::get).filter(p -> !p.isRoot()).toList().reversed();
    }

    private void makeDirectories(RelativePath directory) throws IOException {
        if (directory.equals(TRASH) || madeInTrash.contains(directory)) {
            return;
        }
        makeDirectories(directory.parent().orElseThrow());
        if (disk().look(own(directory)).isEmpty()) {
            disk().makeDirectory(own(directory), PRIVATE);
            disk().forceDirectory(Objects.requireNonNull(own(directory).getParent(), "it is below the root"));
        }
        madeInTrash.add(directory);
    }

    /// @return a free place in the park for something of that name
    RelativePath parkPlace(RelativePath original) {
        return PARK.child(tagged(original.name()));
    }

    private String tagged(String name) {
        return BesideNames.fitted(name, "~" + HexFormat.of().formatHex(tools.entropy().bytes(SHORT_ID)));
    }

    long now() {
        return tools.clock().millis();
    }
}
