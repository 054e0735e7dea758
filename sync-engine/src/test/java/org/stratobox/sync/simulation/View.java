package org.stratobox.sync.simulation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.stratobox.sync.localfs.FileStat.Kind;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.simulation.disk.DiskProfile;
import org.stratobox.sync.simulation.disk.FileTree;
import org.stratobox.sync.simulation.disk.Inode;

/// Looking at what is on a simulated disk from outside of it.
final class View {
    private View() {}

    /// Tells of everything below a directory but the product's own, directories before what is in them.
    static void walk(FileTree tree, Path directory, BiConsumer<Path, Inode> visitor) {
        tree.find(directory).ifPresent(inode -> walk(inode, directory, visitor));
    }

    private static void walk(Inode directory, Path path, BiConsumer<Path, Inode> visitor) {
        directory.names().forEach((name, inode) -> {
            if (!name.startsWith(FolderMarker.OWN_PREFIX)) {
                visitor.accept(path.resolve(name), inode);
                walk(inode, path.resolve(name), visitor);
            }
        });
    }

    /// @return path relative to the folder in form C, to what a user sees of it
    static SortedMap<String, String> shown(FileTree tree) {
        return shown(tree, List.of(tree.profile()));
    }

    /// @param common disks that are compared: what one of them cannot keep does not count
    static SortedMap<String, String> shown(FileTree tree, List<DiskProfile> common) {
        boolean withModes = common.stream().allMatch(profile -> profile.traits().modes());
        boolean withLinks = common.stream().allMatch(profile -> profile.traits().symlinks());
        SortedMap<String, String> shown = new TreeMap<>();
        walk(tree, SimDevice.ROOT, (path, inode) -> {
            if (withLinks || inode.kind() != Kind.SYMLINK) {
                shown.put(Normalizer.normalize(SimDevice.ROOT.relativize(path).toString(), Normalizer.Form.NFC),
                        look(inode, withModes));
            }
        });
        return shown;
    }

    private static String look(Inode inode, boolean withModes) {
        return switch (inode.kind()) {
            case DIRECTORY -> "directory";
            case SYMLINK -> "link " + inode.target();
            default -> (withModes && inode.isExecutable() ? "x " : "  ")
                    + new String(inode.data(), StandardCharsets.ISO_8859_1);
        };
    }

    /// @return every content on the disk, the product's own area included, by path
    static Map<String, byte[]> everything(FileTree tree) {
        SortedMap<String, byte[]> all = new TreeMap<>();
        all(tree.root(), Path.of("/"), all);
        return all;
    }

    private static void all(Inode directory, Path path, Map<String, byte[]> out) {
        directory.names().forEach((name, inode) -> {
            if (inode.kind() == Kind.FILE) {
                out.put(path.resolve(name).toString(), inode.data());
            }
            all(inode, path.resolve(name), out);
        });
    }
}
