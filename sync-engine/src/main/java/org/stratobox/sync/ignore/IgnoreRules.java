package org.stratobox.sync.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// The rules that count in a directory. Immutable: going down into a directory that has a file with rules makes new ones.
///
/// A file deeper down decides before those above it, and all of them before the product's list, so `!name` in a file of the
/// user's takes an own rule of the product back. As with git, nothing inside an ignored directory can be taken back.
public final class IgnoreRules {
    /// Name of the files with rules.
    public static final String FILE_NAME = ".stratoignore";

    /// Longest file with rules, in bytes.
    public static final int MAX_FILE_BYTES = 256 * 1024;

    /// What programs leave lying about for a moment, and what means nothing on another computer (`sync-disk.md` 2.4).
    private static final List<String> STANDARD = List.of(".~lock.*#", "~$*", ".DS_Store", "[Tt]humbs.db",
            "[Dd]esktop.ini", "*.swp", "4913", ".fuse_hidden*", ".nfs*", "*.crdownload", "*.part", "*.partial");

    private static final IgnoreRules ONLY_STANDARD = new IgnoreRules(List.of(new Layer(RelativePath.ROOT,
            Optional.empty(), PatternList.parse(String.join("\n", STANDARD)))));

    /// Innermost first.
    private final List<Layer> layers;

    private IgnoreRules(List<Layer> layers) {
        this.layers = layers;
    }

    /// One file, and the directory below which it counts.
    private record Layer(RelativePath directory, Optional<RelativePath> file, PatternList patterns) {
        boolean covers(RelativePath path) {
            return path.isBelow(directory);
        }

        Optional<PatternList.Rule> decide(RelativePath path, EntryKind kind) {
            String inside = directory.isRoot() ? path.text() : path.text().substring(directory.text().length() + 1);
            return patterns.decide(inside, kind == EntryKind.DIRECTORY);
        }
    }

    /// @return the product's own rules
    public static IgnoreRules standard() {
        return ONLY_STANDARD;
    }

    /// @return the product's own rules as text, one line each
    public static List<String> standardPatterns() {
        return STANDARD;
    }

    /// @param directory that has a file with rules
    /// @param text of that file
    /// @return these rules and, before them, those of the file
    public IgnoreRules with(RelativePath directory, String text) {
        List<Layer> more = new ArrayList<>(layers.size() + 1);
        more.add(new Layer(directory, Optional.of(directory.child(FILE_NAME)), PatternList.parse(text)));
        more.addAll(layers);
        return new IgnoreRules(List.copyOf(more));
    }

    /// @return numbers of the lines of the innermost file that are not rules and are passed over
    public List<Integer> faultyLines() {
        return layers.getFirst().patterns().faults();
    }

    /// For who comes down from the root and does not enter ignored directories.
    ///
    /// @param path below the root, none of whose directories is ignored
    /// @param kind what is there
    /// @return whether it is ignored
    public boolean ignores(RelativePath path, EntryKind kind) {
        return decide(path, kind).isPresent();
    }

    /// @param path below the root, with the rules of all directories above it
    /// @param kind what is there
    /// @return why it, or a directory above it, is ignored; empty if neither is
    public Optional<IgnoreReason> why(RelativePath path, EntryKind kind) {
        if (path.isRoot()) {
            return Optional.empty();
        }
        Optional<IgnoreReason> above = path.parent().filter(p -> !p.isRoot())
                .flatMap(p -> why(p, EntryKind.DIRECTORY));
        return above.isPresent() ? above : decide(path, kind);
    }

    private Optional<IgnoreReason> decide(RelativePath path, EntryKind kind) {
        for (Layer layer : layers) {
            Optional<PatternList.Rule> rule = layer.covers(path) ? layer.decide(path, kind) : Optional.empty();
            if (rule.isPresent()) {
                PatternList.Rule found = rule.get();
                return found.pattern().getResult()
                        ? Optional.of(new IgnoreReason(path, found.text(), layer.file(), found.line()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
