package org.stratobox.sync.simulation.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.localfs.LinkInPath;
import org.stratobox.sync.simulation.disk.Inode.Named;
import org.stratobox.sync.simulation.disk.Inode.Place;

/// The file system itself, as every program on the machine sees it. Each call happens at once and wholly.
public final class FileTree {
    private static final int MOST_LINKS = 8;
    private final DiskProfile profile;
    private final LongSupplier wallNanos;
    private final Platter platter;
    private final Inode root = new Inode(Kind.DIRECTORY, 2, 0755, "");
    private final Deque<Long> freeNumbers = new ArrayDeque<>();
    private long nextNumber = 100;

    /// @param profile how it treats names
    /// @param wallNanos its clock, nanoseconds since 1970
    public FileTree(DiskProfile profile, LongSupplier wallNanos) {
        this.profile = profile;
        this.wallNanos = wallNanos;
        platter = new Platter(root);
    }

    /// Whether links among the directories on the way are followed.
    public enum Way {
        /// As the system does by itself.
        FOLLOWED,
        /// As the product asks for.
        PLAIN
    }

    /// @return how it treats names
    public DiskProfile profile() {
        return profile;
    }

    /// @return what is certain to be there after a power cut
    public Platter platter() {
        return platter;
    }

    /// @param path absolute
    /// @param way how directories on the way are looked at
    /// @return what has the name; a link is not followed
    /// @throws NoSuchFileException if nothing has it
    /// @throws IOException if a directory on the way is none, or a link that is not to be followed
    public Inode get(Path path, Way way) throws IOException {
        if (path.getNameCount() == 0) {
            return root;
        }
        Named found = parent(path, way).children.get(key(path));
        if (found == null) {
            throw new NoSuchFileException("absent");
        }
        return found.inode();
    }

    /// @param path absolute
    /// @return what has the name, or empty if nothing has or the way is blocked
    public Optional<Inode> find(Path path) {
        try {
            return Optional.of(get(path, Way.PLAIN));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String key(Path path) {
        return profile.key(Objects.requireNonNull(path.getFileName()).toString());
    }

    private Inode parent(Path path, Way way) throws IOException {
        Inode at = root;
        int links = 0;
        Deque<String> steps = new ArrayDeque<>();
        for (int i = 0; i + 1 < path.getNameCount(); i++) {
            steps.add(path.getName(i).toString());
        }
        Deque<Inode> above = new ArrayDeque<>();
        while (!steps.isEmpty()) {
            String step = steps.removeFirst();
            if (step.equals("..")) {
                at = above.isEmpty() ? root : above.pop();
                continue;
            }
            Named next = at.children.get(profile.key(step));
            if (next == null) {
                throw new NoSuchFileException("absent");
            }
            if (next.inode().kind == Kind.SYMLINK) {
                if (way == Way.PLAIN) {
                    throw new LinkInPath();
                }
                if (++links > MOST_LINKS) {
                    throw new FileSystemException("too many links");
                }
                at = follow(next.inode().target, at, above, steps);
                continue;
            }
            if (!next.inode().isDirectory()) {
                throw new NotDirectoryException("not a directory");
            }
            above.push(at);
            at = next.inode();
        }
        return at;
    }

    private Inode follow(String target, Inode at, Deque<Inode> above, Deque<String> steps) {
        Path to = Path.of(target);
        List<String> names = new ArrayList<>();
        to.forEach(name -> names.add(name.toString()));
        for (int i = names.size() - 1; i >= 0; i--) {
            if (!names.get(i).isEmpty() && !names.get(i).equals(".")) {
                steps.addFirst(names.get(i));
            }
        }
        if (to.isAbsolute()) {
            above.clear();
            return root;
        }
        return at;
    }

    /// @param directory of which the names are wanted
    /// @return names as the disk keeps them, with what they stand for
    /// @throws IOException if it is no directory, or may not be read
    public List<Named> list(Inode directory) throws IOException {
        if (!directory.isDirectory()) {
            throw new NotDirectoryException("not a directory");
        }
        if (directory.isDenied) {
            throw new AccessDeniedException("denied");
        }
        return List.copyOf(directory.children.values());
    }

    /// @param inode of anything
    /// @return what `lstat` says
    public FileStat stat(Inode inode) {
        boolean modes = profile.traits().modes();
        int mode = modes ? inode.mode : inode.isDirectory() ? 0755 : 0644;
        return new FileStat(inode.kind, inode.kind == Kind.FILE ? inode.data.length : 0, inode.mtime, inode.ctime,
                profile.traits().inodes() ? inode.number : 0, 1, mode);
    }

    /// Makes something new.
    ///
    /// @param path that has nothing
    /// @param kind of what is made
    /// @param mode permission bits
    /// @param target of a link, else empty
    /// @param way how directories on the way are looked at
    /// @return it
    /// @throws FileAlreadyExistsException if something has the name
    /// @throws IOException if it cannot be made
    public Inode make(Path path, Kind kind, int mode, String target, Way way) throws IOException {
        Inode directory = writable(parent(path, way));
        if (directory.children.containsKey(key(path))) {
            throw new FileAlreadyExistsException("taken");
        }
        if (kind == Kind.SYMLINK && !profile.traits().symlinks()) {
            throw new FileSystemException("links", null, "Operation not supported");
        }
        Inode made = new Inode(kind, number(), mode, target);
        made.mtime = now();
        made.ctime = made.mtime;
        Change change = new Change();
        change.put(directory, path, made);
        change.happen();
        return made;
    }

    private long number() {
        return profile.reusesInodes() && !freeNumbers.isEmpty() ? freeNumbers.removeLast() : nextNumber++;
    }

    private static Inode writable(Inode directory) throws IOException {
        if (directory.isDenied) {
            throw new AccessDeniedException("denied");
        }
        return directory;
    }

    private long now() {
        return profile.tick(wallNanos.getAsLong());
    }

    /// Replaces the bytes of a file in place.
    ///
    /// @param file open or named
    /// @param data its bytes
    public void write(Inode file, byte[] data) {
        file.data = data;
        file.isDataDurable = false;
        file.mtime = now();
        file.ctime = file.mtime;
    }

    /// @param inode of anything
    /// @param mtimeNanos its new time
    public void setTime(Inode inode, long mtimeNanos) {
        inode.mtime = profile.given(mtimeNanos);
        inode.ctime = now();
    }

    /// @param inode of a file or directory
    /// @param mode its new bits
    public void setMode(Inode inode, int mode) {
        inode.mode = mode;
        inode.ctime = now();
    }

    /// What a user can do to a directory: it cannot be listed or changed any more.
    ///
    /// @param inode of a file or directory
    /// @param isDenied whether it is denied from now on
    public void deny(Inode inode, boolean isDenied) {
        inode.isDenied = isDenied;
    }

    /// Removes a name: of a file, a link or an empty directory.
    ///
    /// @param path of something
    /// @param way how directories on the way are looked at
    /// @throws DirectoryNotEmptyException if it is a directory with something in it
    /// @throws IOException if it is still there
    public void remove(Path path, Way way) throws IOException {
        Inode directory = writable(parent(path, way));
        Inode gone = get(path, way);
        if (!gone.children.isEmpty()) {
            throw new DirectoryNotEmptyException("not empty");
        }
        Change change = new Change();
        change.take(directory, path);
        change.happen();
    }

    /// What a rename does to a name that is taken.
    public enum Taken {
        /// It fails.
        REFUSED,
        /// A file or an empty directory vanishes.
        REPLACED
    }

    /// @param from of something
    /// @param to its new name
    /// @param taken what happens to what has that name
    /// @param way how directories on the way are looked at
    /// @throws IOException if nothing happened
    public void rename(Path from, Path to, Taken taken, Way way) throws IOException {
        Inode moved = get(from, way);
        Inode source = writable(parent(from, way));
        Inode target = writable(parent(to, way));
        requireOutside(moved, target);
        Optional<Named> there = Optional.ofNullable(target.children.get(key(to)));
        boolean isItself = there.filter(named -> named.inode().equals(moved)).isPresent();
        if (there.isPresent()) {
            requireReplaceable(there.get(), moved, to, taken);
        }
        moved.ctime = now();
        Change change = new Change();
        change.take(source, from);
        if (there.isPresent() && !isItself) {
            change.take(target, to);
        }
        change.put(target, to, moved);
        change.happen();
    }

    /// A name that differs from the own one only in what the disk folds is free.
    private static void requireReplaceable(Named there, Inode moved, Path to, Taken taken)
            throws FileSystemException {
        boolean isItself = there.inode().equals(moved);
        if (taken == Taken.REFUSED && (!isItself || there.name().equals(lastName(to)))) {
            throw new FileAlreadyExistsException("taken");
        }
        if (!isItself && !there.inode().children.isEmpty()) {
            throw new DirectoryNotEmptyException("not empty");
        }
        if (there.inode().isDirectory() != moved.isDirectory()) {
            throw new FileSystemException("kind", null, "Is a directory or is none");
        }
    }

    private static String lastName(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    private void requireOutside(Inode moved, Inode target) throws FileSystemException {
        for (Inode at = target; !at.equals(root); at = Objects.requireNonNull(at.place).directory()) {
            if (at.equals(moved)) {
                throw new FileSystemException("inside", null, "Invalid argument");
            }
            if (at.place == null) {
                throw new FileSystemException("gone", null, "No such file or directory");
            }
        }
    }

    /// @param one of something
    /// @param other of something else
    /// @throws IOException if nothing happened
    public void exchange(Path one, Path other) throws IOException {
        Inode a = get(one, Way.PLAIN);
        Inode b = get(other, Way.PLAIN);
        Inode directoryOfA = writable(parent(one, Way.PLAIN));
        Inode directoryOfB = writable(parent(other, Way.PLAIN));
        requireOutside(a, directoryOfB);
        requireOutside(b, directoryOfA);
        a.ctime = now();
        b.ctime = a.ctime;
        Change change = new Change();
        change.take(directoryOfA, one);
        change.take(directoryOfB, other);
        change.put(directoryOfA, one, b);
        change.put(directoryOfB, other, a);
        change.happen();
    }

    /// Several names that change in one step.
    private final class Change {
        private final List<Platter.Effect> effects = new ArrayList<>();
        private final List<Inode> taken = new ArrayList<>();

        void take(Inode directory, Path path) {
            effects.add(new Platter.Effect(directory, key(path), Optional.empty()));
        }

        void put(Inode directory, Path path, Inode inode) {
            effects.add(new Platter.Effect(directory, key(path),
                    Optional.of(new Named(profile.kept(lastName(path)), inode))));
        }

        void happen() {
            for (Platter.Effect effect : effects) {
                Inode directory = effect.directory();
                directory.mtime = now();
                directory.ctime = directory.mtime;
                if (effect.put().isEmpty()) {
                    Inode gone = Objects.requireNonNull(directory.children.remove(effect.key())).inode();
                    gone.place = null;
                    taken.add(gone);
                }
            }
            for (Platter.Effect effect : effects) {
                effect.put().ifPresent(named -> {
                    effect.directory().children.put(effect.key(), named);
                    named.inode().place = new Place(effect.directory(), effect.key(), named.name());
                });
            }
            platter.note(effects);
            taken.forEach(this::free);
        }

        /// A number is free when the last name is gone and nobody has it open.
        private void free(Inode gone) {
            if (gone.place == null && gone.handles == 0) {
                freeNumbers.add(gone.number);
            }
        }
    }

    /// @return the directory above everything
    public Inode root() {
        return root;
    }
}
