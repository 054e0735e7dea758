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
/// @param incoming what others did that was carried out here
/// @param published whether a new head was published
/// @param debts shares and objects that some node still lacks
/// @param left what could not be done, with its reason; the rest was done
/// @param warnings what is odd about the account as a whole, in sentences; nothing was left because of it
/// @param millis how long the pass took
public record SyncReport(long filesSeen, long filesIngested, long removed, long bytesRead, long bytesSealed,
        long bytesUploaded, Incoming incoming, boolean published, long debts, List<Problem> left, List<String> warnings,
        long millis) {
    /// Changes of other devices on this disk.
    ///
    /// @param created new files, links and directories
    /// @param changed other content, time or permission
    /// @param renamed other names
    /// @param deleted gone, into the trash of this computer
    /// @param bytes that were fetched
    /// @param copies conflict copies among the created ones
    /// @param held deletions that wait for the user, in either direction
    public record Incoming(long created, long changed, long renamed, long deleted, long bytes, long copies, long held) {
        /// Nothing.
        public static final Incoming NONE = new Incoming(0, 0, 0, 0, 0, 0, 0);

        /// @return how many changes were carried out
        public long changes() {
            return created + changed + renamed + deleted;
        }
    }

    /// Something that was left.
    ///
    /// @param path what, relative to the folder, or a node's address
    /// @param reason a sentence
    public record Problem(String path, String reason) {}
}
