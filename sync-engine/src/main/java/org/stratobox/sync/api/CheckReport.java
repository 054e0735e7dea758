package org.stratobox.sync.api;

import java.util.List;

/// What an audit found.
///
/// @param packs packs looked at
/// @param shares shares looked at
/// @param bytesRead bytes read and hashed
/// @param findings what is wrong, worst first
public record CheckReport(long packs, long shares, long bytesRead, List<Finding> findings) {
    /// @return whether nothing is wrong, or all of it was mended
    public boolean isClean() {
        return findings.stream().allMatch(Finding::mended);
    }

    /// One thing that is wrong.
    ///
    /// @param severity how bad
    /// @param subject a node's address, `index`, or a folder's name
    /// @param message what is wrong and whether data is in danger
    /// @param fix what mends it
    /// @param mended whether it was mended now
    public record Finding(Severity severity, String subject, String message, String fix, boolean mended) {}

    /// How bad a finding is.
    public enum Severity {
        /// Redundancy is reduced; all data can be read.
        WARNING,
        /// Some data cannot be read from the nodes now.
        ERROR
    }
}
