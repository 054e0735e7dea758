package org.stratobox.sync.apply;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.RelativePath;

/// Gives user data that has lost its place a visible name: `name (recovered 2026-11-20 14.02).ext` beside where it was, or
/// in a directory `Recovered` of the folder. From there it is synced like anything else.
final class Surfacing {
    static final String DIRECTORY = "Recovered";
    private static final Logger LOG = LoggerFactory.getLogger(Surfacing.class);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm", Locale.ROOT);
    private static final int MOST = 1_000;
    private static final int MODE = 0755;

    private final FolderDisk folder;

    Surfacing(FolderDisk folder) {
        this.folder = folder;
    }

    /// @param hidden where it is, in the own area
    /// @param original where it was
    /// @return whether it is visible now; if not it is where it was, and the next start tries again
    boolean surface(Path hidden, RelativePath original) {
        try {
            Path beside = Objects.requireNonNull(folder.user(original).getParent(), "it is below the root");
            if (isDirectory(beside) && named(hidden, beside, original.name())) {
                return true;
            }
        } catch (IOException e) {
            LOG.debug("recovered data cannot be put beside its place: {}", e.getClass().getSimpleName());
        }
        return surfaceApart(hidden, original.name());
    }

    /// @param hidden of unknown origin
    /// @param name it had, more or less
    boolean surfaceApart(Path hidden, String name) {
        try {
            Path apart = folder.root().resolve(DIRECTORY);
            if (folder.disk().look(apart).isEmpty()) {
                folder.disk().makeDirectory(apart, MODE);
                folder.disk().forceDirectory(folder.root());
            }
            return named(hidden, apart, name);
        } catch (IOException e) {
            LOG.warn("recovered data could not be given a visible name: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    private boolean isDirectory(Path path) throws IOException {
        return folder.disk().look(path).filter(s -> s.kind() == FileStat.Kind.DIRECTORY).isPresent();
    }

    private boolean named(Path hidden, Path directory, String name) throws IOException {
        String moment = MOMENT.format(Instant.ofEpochMilli(folder.now()).atOffset(ZoneOffset.UTC));
        for (int i = 1; i <= MOST; i++) {
            String tail = "(recovered " + moment + (i == 1 ? "" : " " + i) + ")";
            try {
                folder.disk().renameNoReplace(hidden, directory.resolve(BesideNames.withTail(name, tail)));
                folder.disk().forceDirectory(directory);
                return true;
            } catch (FileAlreadyExistsException e) {
                // the next number
            }
        }
        return false;
    }
}
