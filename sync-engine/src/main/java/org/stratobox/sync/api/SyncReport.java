package org.stratobox.sync.api;

import java.util.List;

/// What one pass did.
///
/// @param filesSeen entries found on disk
/// @param filesIngested files read, encrypted and stored
/// @param removed entries recorded as deleted
/// @param bytesRead plaintext bytes read
/// @param bytesSealed bytes of new sealed objects
/// @param bytesUploaded bytes sent to nodes, coding included
/// @param published whether a new head was published
/// @param debts shares and objects that some node still lacks
/// @param left what could not be done, with its reason; the rest was done
/// @param warnings what is odd about the account as a whole, in sentences; nothing was left because of it
/// @param millis how long the pass took
public record SyncReport(long filesSeen, long filesIngested, long removed, long bytesRead, long bytesSealed,
        long bytesUploaded, boolean published, long debts, List<Problem> left, List<String> warnings, long millis) {
    /// Something that was left.
    ///
    /// @param path what, relative to the folder, or a node's address
    /// @param reason a sentence
    public record Problem(String path, String reason) {}
}
