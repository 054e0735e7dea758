package org.stratobox.sync.api;

import java.util.List;
import java.util.Optional;

/// What is not synced by the user's or the product's rules. Ignoring never deletes anything: what is ignored stays on the
/// disk as it is, and what was synced before stays on the mesh and on other devices (`sync-disk.md` 2.6).
public interface Ignores {
    /// Name of the files with rules, in the syntax of `.gitignore`; each counts for the directory it is in and below.
    String FILE_NAME = ".stratoignore";

    /// @param folder name of the folder
    /// @param path below it; need not exist, then a trailing `/` says that a directory is meant
    /// @return the rule because of which it is ignored; empty if it is not
    /// @throws StratoboxException with `USAGE` if there is no such folder or path; else if a file with rules cannot be read
    Optional<Reason> why(String folder, String path) throws StratoboxException;

    /// @return the rules that count everywhere unless the user says otherwise, in the syntax of the files
    List<String> defaults();

    /// Why something is ignored.
    ///
    /// @param path what the rule fits: the path itself, or a directory it is in
    /// @param pattern the rule, as written
    /// @param file with the rule, from the folder's root; empty if it is one of the product's
    /// @param line in that file, from 1; in the product's list if it is one of those
    record Reason(String path, String pattern, Optional<String> file, int line) {}
}
