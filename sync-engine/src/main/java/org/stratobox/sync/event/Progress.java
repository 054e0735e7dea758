package org.stratobox.sync.event;

/// How far a long call is. Sent at most a few times a second.
///
/// @param phase what is being done
/// @param filesDone files finished
/// @param filesTotal files known so far; grows while the scan runs
/// @param bytesDone bytes finished
/// @param bytesTotal bytes known so far
/// @param elapsedMillis since the call began
public record Progress(Phase phase, long filesDone, long filesTotal, long bytesDone, long bytesTotal,
        long elapsedMillis) {
    /// What is being done.
    public enum Phase {
        /// Asking the nodes.
        CONNECTING,
        /// Looking for changes on disk.
        SCANNING,
        /// Reading, encrypting and sending files.
        UPLOADING,
        /// Storing trees, indexes and the head.
        PUBLISHING,
        /// Reading objects and writing files.
        RESTORING,
        /// Auditing nodes.
        CHECKING
    }
}
