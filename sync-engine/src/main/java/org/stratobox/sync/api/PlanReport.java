package org.stratobox.sync.api;

import java.util.List;
import java.util.Optional;

/// What a pass would do, changing nothing.
///
/// @param lines in the order in which they would be done, folder by folder
/// @param held deletions that would wait for the user
/// @param left what would be left as it is, and why
public record PlanReport(List<Line> lines, List<Brakes.HeldChange> held, List<SyncReport.Problem> left) {
    /// One thing that would be done.
    ///
    /// @param folder its name
    /// @param direction where the change goes
    /// @param action what is done
    /// @param path to it, from the folder's root
    /// @param from old path of what is renamed
    /// @param reason a sentence
    /// @param bytes that would travel, as far as it is known
    public record Line(String folder, Direction direction, Action action, String path, Optional<String> from,
            String reason, long bytes) {}

    /// Where a change goes.
    public enum Direction {
        /// From this disk to the others.
        UP,
        /// From the others to this disk.
        DOWN
    }

    /// What is done.
    public enum Action {
        /// Something new.
        CREATE,
        /// Other content, or something else in its place.
        CHANGE,
        /// Other time or permission.
        ATTRIBUTES,
        /// Another name.
        RENAME,
        /// Gone, into the trash.
        DELETE
    }
}
