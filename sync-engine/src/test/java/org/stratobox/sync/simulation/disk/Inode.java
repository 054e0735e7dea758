package org.stratobox.sync.simulation.disk;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.localfs.FileStat;

/// A file, directory or link, whatever it is called.
public final class Inode {
    final FileStat.Kind kind;
    final String target;
    /// Names in it, by the key of the profile; only of a directory.
    final Map<String, Named> children = new TreeMap<>();
    long number;
    byte[] data = new byte[0];
    long mtime;
    long ctime;
    int mode;
    boolean isDenied;
    /// Where it is; empty after it was deleted.
    @Nullable
    Place place;
    /// Programs that have it open.
    int handles;
    /// What of it survives a power cut for certain.
    byte[] durableData = new byte[0];
    boolean isDataDurable;

    Inode(FileStat.Kind kind, long number, int mode, String target) {
        this.kind = kind;
        this.number = number;
        this.mode = mode;
        this.target = target;
    }

    /// @param name as the disk keeps it
    record Named(String name, Inode inode) {}

    /// @param key of the name in the directory
    record Place(Inode directory, String key, String name) {}

    /// @return what it is
    public FileStat.Kind kind() {
        return kind;
    }

    /// @return its bytes now, not copied
    public byte[] data() {
        return data;
    }

    /// @return whether it has a name
    public boolean isLinked() {
        return place != null;
    }

    /// @return the text of a link
    public String target() {
        return target;
    }

    /// @return whether its owner may execute it
    public boolean isExecutable() {
        return (mode & 0100) != 0;
    }

    /// @return what is in it, by name; empty for what is no directory
    public SortedMap<String, Inode> names() {
        SortedMap<String, Inode> names = new TreeMap<>();
        children.values().forEach(named -> names.put(named.name(), named.inode()));
        return names;
    }

    boolean isDirectory() {
        return kind == FileStat.Kind.DIRECTORY;
    }
}
