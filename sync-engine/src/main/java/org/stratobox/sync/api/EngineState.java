package org.stratobox.sync.api;

import java.util.List;
import java.util.Optional;

import org.stratobox.sync.event.Progress;

/// What a running device is doing. A value: window, tray, command line and tests read the same.
///
/// @param activity in one word
/// @param progress of the pass that is running
/// @param lastPassMillis when the last pass ended, milliseconds since 1970
/// @param safe whether everything known here was uploaded, published and lies safely on the nodes at the end of the last
///        pass; never while offline, held, in doubt or in debt
/// @param notices sentences for the user: what is left, held, odd; empty when all is well
/// @param pausedUntilMillis until when it is paused, milliseconds since 1970, [Settings#UNTIL_RESUMED] for until the user
///        goes on
public record EngineState(Activity activity, Optional<Progress> progress, Optional<Long> lastPassMillis, boolean safe,
        List<String> notices, Optional<Long> pausedUntilMillis) {
    /// What it is doing.
    public enum Activity {
        /// It has just begun and knows nothing yet.
        STARTING,
        /// Nothing is to be done.
        UP_TO_DATE,
        /// A pass is running.
        SYNCING,
        /// Something needs the user: see the notices.
        ATTENTION,
        /// Nothing is done because the user said so, or the schedule.
        PAUSED,
        /// No node can be reached; what changes here is taken in when one can.
        OFFLINE
    }
}
