package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.Account.FolderView;
import org.stratobox.sync.api.StratoboxException;

/// Which file of which folder somebody means: `FOLDER:path`, a path on this disk, or a path below the only folder.
///
/// @param folders of this device
/// @param current directory in which the command was given
record Places(List<FolderView> folders, Path current) {
    /// What every PATH says of itself.
    static final String HELP = "A path on this disk, or FOLDER:path.";

    /// A place in a folder.
    ///
    /// @param folder its name
    /// @param path below it, `/`-separated, no slash at its ends; empty for all of it
    record Place(String folder, String path) {
        @Override
        public String toString() {
            return Figures.printable(path.isEmpty() ? folder : path);
        }
    }

    static Places of(Session session, Session.OpenHome home) {
        return new Places(home.account().folders(), session.machine().directory());
    }

    /// @throws StratoboxException with `USAGE` if it is in no folder
    Place of(String text) throws StratoboxException {
        List<String> names = folders.stream().map(FolderView::name).toList();
        Optional<Place> found = named(text, names).or(() -> onDisk(text));
        if (found.isEmpty() && folders.size() == 1 && !isAbsolute(text)) {
            found = Optional.of(new Place(names.getFirst(), stripSlashes(text)));
        }
        return found.orElseThrow(() -> Sentences.usage(Figures.printable(text) + " is in no synced folder."
                + (folders.isEmpty() ? " There is none yet." : " The folders are: " + where() + ".")
                + " Nothing was done."));
    }

    private String where() {
        return folders.stream().map(f -> f.name() + " in " + f.directory()).collect(Collectors.joining(", "));
    }

    /// @return what `FOLDER:path` means
    static Optional<Place> named(String text, List<String> names) {
        return names.stream().filter(name -> text.startsWith(name + ":")).max(Comparator.comparingInt(String::length))
                .map(name -> new Place(name, stripSlashes(text.substring(name.length() + 1))));
    }

    /// @return what a path on this disk means; empty if it lies in no folder
    Optional<Place> onDisk(String text) {
        try {
            Path given = current.resolve(text).normalize();
            return inFolder(given, Path::normalize).or(() -> inFolder(real(given), Places::realDirectory))
                    .or(() -> inFolder(realDirectory(given), Places::realDirectory));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private interface View {
        Path of(Path directory);
    }

    private Optional<Place> inFolder(Path given, View view) {
        return folders.stream().filter(f -> given.startsWith(view.of(f.directory())))
                .max(Comparator.comparingInt(f -> f.directory().getNameCount()))
                .map(f -> new Place(f.name(), slashes(view.of(f.directory()).relativize(given))));
    }

    /// The directory as it really is and the last name as it was written: a link is a thing of its own.
    private static Path real(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            return path;
        }
        try {
            return parent.toRealPath().resolve(path.getFileName());
        } catch (IOException _) {
            // it may be gone from the disk
            return real(parent).resolve(path.getFileName());
        }
    }

    private static Path realDirectory(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException _) {
            return directory;
        }
    }

    private static String slashes(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false).map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private static boolean isAbsolute(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException _) {
            return false;
        }
    }

    static String stripSlashes(String path) {
        return path.replaceAll("^(\\./|/)+", "").replaceAll("(^\\.|/+)$", "");
    }
}
