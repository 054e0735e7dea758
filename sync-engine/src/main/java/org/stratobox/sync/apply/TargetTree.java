package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.localfs.AtomicFile;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// The directories below the target. Each is entered only from one that is known to be a real directory, so no symbolic
/// link takes a restore out of the target; where something else has a directory's name, the directory is put beside it.
/// Used by one thread.
final class TargetTree {
    private static final Logger LOG = LoggerFactory.getLogger(TargetTree.class);
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] PRIVATE = POSIX
            ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
            : new FileAttribute<?>[0];
    private static final int PRIVATE_MODE = 0700;
    private static final int CACHED = 10_000;

    private final Path root;
    private final BesideNames names;
    private final LocalFiles files;
    private final Map<RelativePath, Directory> known = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final Set<Path> touched = new HashSet<>();

    /// A real directory below the target.
    ///
    /// @param path on this disk
    /// @param isNew whether this restore made it, so that nothing foreign is in it
    /// @param device number of its file system
    record Directory(Path path, boolean isNew, long device) {}

    /// What a directory is given at the end.
    private record Note(RelativePath name, Path path, long mtimeMillis, int mode, boolean isNew) {}

    TargetTree(Path root, BesideNames names, LocalFiles files) {
        this.root = root;
        this.names = names;
        this.files = files;
    }

    /// @return the target itself, made if absent
    Directory open() throws IOException {
        boolean isNew = Files.notExists(root, LinkOption.NOFOLLOW_LINKS);
        if (isNew) {
            Files.createDirectories(root);
        }
        // the user named it, so a link in its own path is followed
        Directory directory = new Directory(root, isNew, files.stat(root.toRealPath()).device());
        known.put(RelativePath.ROOT, directory);
        return directory;
    }

    /// @return the directory of that path, made if absent
    /// @throws IOException if it cannot be made
    Directory directory(RelativePath path) throws IOException {
        Directory there = known.get(path);
        if (there != null) {
            return there;
        }
        Directory parent = directory(path.parent().orElseThrow());
        Directory made = enter(parent, path.name());
        if (known.size() >= CACHED) {
            Directory top = known.get(RelativePath.ROOT);
            known.clear();
            known.put(RelativePath.ROOT, top == null ? parent : top);
        }
        known.put(path, made);
        return made;
    }

    /// @param path a directory of the state
    /// @param entry its entry, whose mode and time are set at the end
    void declare(RelativePath path, Entry entry) throws IOException {
        Directory directory = directory(path);
        notes.add(new Note(path, directory.path(), entry.mtimeMillis(), entry.mode(), directory.isNew()));
    }

    private Directory enter(Directory parent, String name) throws IOException {
        for (int i = 0; i < BesideNames.MOST; i++) {
            Path path = child(parent, names.name(name, i));
            try {
                Files.createDirectory(path, PRIVATE);
                touch(parent);
                return new Directory(path, true, parent.device());
            } catch (FileAlreadyExistsException e) {
                FileStat stat = files.stat(path);
                if (stat.kind() == FileStat.Kind.DIRECTORY && isSameName(path)) {
                    return new Directory(path, false, stat.device());
                }
            }
        }
        throw new NotWritable(Sentences.TOO_MANY);
    }

    /// @return the path of a name, which is surely one component
    /// @throws IOException if this system or the product cannot use the name
    static Path child(Directory directory, String name) throws IOException {
        if (name.startsWith(FolderMarker.OWN_PREFIX)) {
            throw new NotWritable(Sentences.OWN_NAME);
        }
        try {
            Path one = directory.path().getFileSystem().getPath(name);
            if (one.isAbsolute() || one.getRoot() != null || one.getNameCount() != 1 || !one.toString().equals(name)) {
                throw new NotWritable(Sentences.NAME);
            }
            return directory.path().resolve(one);
        } catch (InvalidPathException e) {
            throw new NotWritable(Sentences.NAME);
        }
    }

    /// @return what is there, or empty
    Optional<FileStat> stat(Path path) throws IOException {
        try {
            return Optional.of(files.stat(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// A disk that does not tell upper from lower case shows one thing under two names.
    ///
    /// @return whether what is there has this very name
    static boolean isSameName(Path path) throws IOException {
        String real = path.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName().toString();
        String asked = path.getFileName().toString();
        return real.equals(asked)
                || Normalizer.normalize(real, Normalizer.Form.NFC)
                        .equals(Normalizer.normalize(asked, Normalizer.Form.NFC));
    }

    /// @param directory in which something is about to appear
    void touch(Directory directory) {
        touched.add(directory.path());
    }

    /// Makes the names durable, then gives directories their modes and times, the innermost first.
    ///
    /// @param resumed whether an earlier restore was cut off, whose directories may still have preliminary modes
    /// @param tally told which directories could not be given theirs
    void finish(boolean resumed, Tally tally) {
        touched.forEach(TargetTree::makeDurable);
        for (Note note : notes.reversed()) {
            try {
                finish(note, resumed);
            } catch (IOException e) {
                if (note.isNew()) {
                    tally.left(note.name(), "Its time and permissions could not be set.");
                }
            }
        }
    }

    private void finish(Note note, boolean resumed) throws IOException {
        boolean preliminary = resumed && !note.isNew() && files.stat(note.path()).mode() == PRIVATE_MODE;
        if (note.isNew() || preliminary) {
            setMode(note.path(), note.mode());
        }
        if (note.isNew() || preliminary || touched.contains(note.path())) {
            setTime(note.path(), note.mtimeMillis());
        }
    }

    private static void makeDurable(Path directory) {
        try {
            AtomicFile.syncDirectory(directory);
        } catch (IOException e) {
            // a directory we may write and not read, or a file system that cannot: a power cut within the next seconds
            // could take names back, and restoring again would bring them
            LOG.debug("a directory could not be forced to disk: {}", e.getClass().getSimpleName());
        }
    }

    /// Never sets more than the nine permission bits.
    static void setMode(Path path, int mode) throws IOException {
        if (POSIX) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            PosixFilePermission[] all = PosixFilePermission.values();
            for (int i = 0; i < all.length; i++) {
                if ((mode & 0400 >> i) != 0) {
                    permissions.add(all[i]);
                }
            }
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    static void setTime(Path path, long millis) throws IOException {
        FileTime time = FileTime.fromMillis(millis);
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }
}
