package org.stratobox.sync.reconcile;

import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.RelativePath;

/// Why a step is planned; holds what a sentence about it needs besides the step's own paths.
public sealed interface Reason {
    /// Somebody created it.
    ///
    /// @param by who and when
    record Created(By by) implements Reason {}

    /// Somebody changed its content, or put something else in its place.
    ///
    /// @param by who and when
    record Edited(By by) implements Reason {}

    /// Somebody deleted it.
    ///
    /// @param by who and when; where the state knows nothing of the path: of the directory's last content
    record Deleted(By by) implements Reason {}

    /// Somebody renamed it.
    ///
    /// @param from the old path
    /// @param to the new path
    /// @param by who and when
    record Renamed(RelativePath from, RelativePath to, By by) implements Reason {}

    /// Two versions of one file were made at the same time; this one lost its name.
    ///
    /// @param of the path that both versions had
    /// @param by who wrote the version that is kept here, and when
    record ConflictCopy(RelativePath of, By by) implements Reason {}

    /// Somebody changed time or execute bit.
    ///
    /// @param by who and when
    record AttributesChanged(By by) implements Reason {}

    /// The directory holds something, although it was deleted or nobody told of it.
    record HoldsSomething() implements Reason {}

    /// It has to leave its place before something else can take it.
    ///
    /// @param arrival the path that is needed
    /// @param by who caused that, and when
    record MakesRoom(RelativePath arrival, By by) implements Reason {}

    /// The disk is right; what others know of the path is newer.
    record Known() implements Reason {}

    /// The user of this disk does not want it here; others keep it.
    record OnlineOnly() implements Reason {}

    /// @param device the author of the version that is applied
    /// @param wallMillis its clock then; for showing, never for deciding
    record By(DeviceId device, long wallMillis) {}
}
