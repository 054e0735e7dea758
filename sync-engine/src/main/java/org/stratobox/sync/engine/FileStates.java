package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.FileState.State;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.EntryStates.Place;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.ignore.IgnoreRules;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.scan.IgnoreFiles;
import org.stratobox.sync.scan.Scanner;

/// Where one path stands: what the disk shows against what is known of it. Changes nothing.
final class FileStates {
    private static final int LISTS = 16;

    private final EngineParts parts;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final ObjectReader objects;
    private final Intentions intentions;

    FileStates(EngineParts parts, DeviceKeys keys, SyncIndex index, ObjectReader objects, Intentions intentions) {
        this.parts = parts;
        this.keys = keys;
        this.index = index;
        this.objects = objects;
        this.intentions = intentions;
    }

    /// @param text path below the folder's root as the user gave it
    FileState of(FolderSetting setting, String text)
            throws IndexException, StratoboxException, InterruptedException {
        Place place = new Place(setting.name(), parse(text));
        FolderId folder = keys.folderId(setting.name());
        Optional<String> problem = FolderChecks.problem(parts.files(), setting.path(), folder);
        if (problem.isPresent()) {
            return place.is(State.NOT_CAPTURED, Optional.empty(), problem.get());
        }
        Optional<Known> known = Optional.empty();
        Optional<Long> row = index.entries().locate(folder, place.path());
        if (row.isPresent()) {
            known = Optional.of(index.entries().known(row.get()));
        }
        Optional<FileStat> stat;
        try {
            stat = look(setting, place.path());
        } catch (IOException e) {
            return place.is(State.UNSYNCABLE, Optional.empty(), Scanner.reason(e));
        }
        if (isIgnored(setting, place, known, stat)) {
            return place.is(State.IGNORED, Optional.empty(),
                    "A rule of this folder leaves it out. Nothing of it is sent or changed here.");
        }
        return known.isPresent() ? of(setting, place, known.get(), stat) : unknown(place, stat);
    }

    /// Whether a rule leaves it out; what is neither here nor anywhere else is not there, whatever the rules say.
    private boolean isIgnored(FolderSetting setting, Place place, Optional<Known> known, Optional<FileStat> stat) {
        Optional<Entry> entry = known.flatMap(k -> k.base().filter(Entry::isLive).or(k::state)).filter(Entry::isLive);
        if (stat.isEmpty() && entry.isEmpty()) {
            return false;
        }
        EntryKind kind = entry.map(Entry::kind).orElse(
                stat.filter(s -> s.kind() == FileStat.Kind.DIRECTORY).isPresent()
                        ? EntryKind.DIRECTORY
                        : EntryKind.FILE);
        try {
            return new IgnoreFiles(parts.files()).above(IgnoreRules.standard(), setting.path(), place.path())
                    .why(place.path(), kind).isPresent();
        } catch (IOException e) {
            // rules that cannot be read leave everything below them alone
            return true;
        }
    }

    static RelativePath parse(String text) throws StratoboxException {
        try {
            RelativePath path = RelativePath.parse(text);
            if (!path.isRoot()) {
                return path;
            }
        } catch (NameException e) {
            throw new StratoboxException(Reason.USAGE, "\"" + text + "\" is not a path inside a folder.", e);
        }
        throw new StratoboxException(Reason.USAGE, "Name something inside the folder.");
    }

    private Optional<FileStat> look(FolderSetting setting, RelativePath path) throws IOException {
        try {
            return Optional.of(parts.files().stat(setting.path().resolve(path.text())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (e.getClass() == FileSystemException.class) {
                // a directory on the way is a file now
                return Optional.empty();
            }
            throw e;
        }
    }

    private static FileState unknown(Place place, Optional<FileStat> stat) throws StratoboxException {
        if (stat.isEmpty()) {
            throw nothing(place);
        }
        return stat.get().kind() == FileStat.Kind.OTHER
                ? special(place)
                : place.is(State.NOT_CAPTURED, Optional.empty(), "It is new. The next pass takes it.");
    }

    private static FileState special(Place place) {
        return place.is(State.UNSYNCABLE, Optional.empty(),
                "It is neither file, directory nor link, so it cannot be synced.");
    }

    private static StratoboxException nothing(Place place) {
        return new StratoboxException(Reason.USAGE,
                "There is no \"" + place.path().text() + "\" in the folder \"" + place.folder() + "\".");
    }

    private FileState of(FolderSetting setting, Place place, Known known, Optional<FileStat> stat)
            throws IndexException, StratoboxException, InterruptedException {
        Optional<Entry> base = known.base().filter(Entry::isLive);
        if (stat.isEmpty() && base.isPresent()) {
            return isHeld(setting, place.path())
                    ? held(place)
                    : place.is(State.NOT_CAPTURED, Optional.empty(),
                            "It is not on this disk any more. The next pass takes that as a deletion.");
        }
        if (stat.isPresent() && stat.get().kind() == FileStat.Kind.OTHER) {
            return special(place);
        }
        if (stat.isPresent() && !shows(known, stat.get())) {
            return place.is(State.NOT_CAPTURED, Optional.empty(), base.isPresent()
                    ? "It was changed on this computer. The next pass takes it."
                    : "It is new. The next pass takes it.");
        }
        Optional<Entry> state = known.state().filter(Entry::isLive);
        if (base.isEmpty() && state.isEmpty()) {
            throw nothing(place);
        }
        return settled(setting, place, known);
    }

    /// Where the disk shows what the index says it does.
    private FileState settled(FolderSetting setting, Place place, Known known)
            throws IndexException, InterruptedException {
        EntryStates entries = new EntryStates(keys, index, objects, LISTS);
        Entry state = known.state().or(known::base).orElseThrow();
        if (known.isSettled()) {
            return entries.of(place, state);
        }
        if (OnlineOnly.load(index, keys.folderId(setting.name())).test(place.path(), known) && state.isLive()) {
            return place.is(State.ONLINE_ONLY, entries.proof(state), "It is not on this disk because you chose so.");
        }
        return isHeld(setting, place.path()) ? held(place) : waiting(place, known);
    }

    static FileState waiting(Place place, Known known) {
        boolean isHere = known.base().filter(Entry::isLive).isPresent();
        boolean isLive = known.state().filter(Entry::isLive).isPresent();
        return place.is(State.WAITING, Optional.empty(), isLive
                ? isHere
                        ? "Another device changed it. Its version is not on this disk yet."
                        : "Another device made it. It is not on this disk yet."
                : "Another device deleted it. That is not carried out here yet.");
    }

    static FileState held(Place place) {
        return place.is(State.HELD, Optional.empty(),
                "It is one of many deletions at once, so they wait until you decide.");
    }

    /// Whether the disk shows what was taken in last. What is only looked at again because it was young when it was read does
    /// not count as changed.
    private static boolean shows(Known known, FileStat stat) {
        EntryKind kind = known.base().map(Entry::kind).orElse(EntryKind.TOMBSTONE);
        boolean isSameKind = switch (stat.kind()) {
            case FILE -> kind == EntryKind.FILE;
            case DIRECTORY -> kind == EntryKind.DIRECTORY;
            case SYMLINK -> kind == EntryKind.SYMLINK;
            case OTHER -> false;
        };
        return isSameKind && known.evidence().isOf(Scanner.evidence(stat, false));
    }

    private boolean isHeld(FolderSetting setting, RelativePath path) throws IndexException, InterruptedException {
        return heldPaths(intentions.of(setting).held()).contains(path);
    }

    static Set<RelativePath> heldPaths(List<Intentions.HeldHere> held) {
        Set<RelativePath> paths = new HashSet<>();
        held.forEach(h -> {
            paths.addAll(h.held().deleted());
            paths.addAll(h.held().replaced());
        });
        return paths;
    }
}
