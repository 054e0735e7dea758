package org.stratobox.sync.object;

/// What [HeadAcceptance] says about a head (`format.md` 3.8).
public sealed interface HeadVerdict {
    /// The head is the device's newest word and may be merged.
    ///
    /// @param point its place in the chain
    record Accepted(ChainPoint point) implements HeadVerdict {}

    /// The head is the one accepted last, or one before it that was accepted or passed over; there is nothing to do.
    record Known() implements HeadVerdict {}

    /// Heads between the one accepted last and this one are missing: fetch the named one and judge again with both.
    ///
    /// @param missing the head to fetch
    record Gap(ChainPoint missing) implements HeadVerdict {}

    /// The head is not to be merged.
    ///
    /// @param reason why
    record Rejected(Reason reason) implements HeadVerdict {}

    /// Alarm: the device signed two different histories. It was cloned or its key was stolen; nothing of it is merged until
    /// the user has decided.
    ///
    /// @param accepted where the accepted history was
    /// @param other where the other one is
    record Equivocation(ChainPoint accepted, ChainPoint other) implements HeadVerdict {}

    /// Why a head is not merged.
    enum Reason {
        /// Nobody certified the device: neither the root, nor a certified device that it goes on for.
        NOT_CERTIFIED,
        /// The device was revoked, and the head is not one of those that still count.
        REVOKED,
        /// Not signed by the device it names.
        BAD_SIGNATURE,
        /// A head of another account.
        OTHER_ACCOUNT,
        /// A head of an epoch that is not known yet.
        OTHER_EPOCH,
        /// It has seen less than the head before it, or is of an earlier epoch.
        SEEN_WENT_BACK,
        /// Its clock is more than 24 h ahead of ours.
        CLOCK_AHEAD
    }
}
