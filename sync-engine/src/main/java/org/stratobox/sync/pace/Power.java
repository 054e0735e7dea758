package org.stratobox.sync.pace;

/// What this computer lives on.
///
/// @param supply of electricity
/// @param network what its network costs
public record Power(Supply supply, Network network) {
    /// Nothing is known.
    public static final Power UNKNOWN = new Power(Supply.UNKNOWN, Network.UNKNOWN);

    /// Where electricity comes from.
    public enum Supply {
        /// The wall.
        MAINS,
        /// A battery that is being emptied.
        BATTERY,
        /// It cannot be told; counts as mains.
        UNKNOWN
    }

    /// What a network costs.
    public enum Network {
        /// Nothing for a byte.
        FREE,
        /// Every byte, as on a telephone.
        METERED,
        /// It cannot be told; counts as free.
        UNKNOWN
    }

    /// @return whether work that can wait should
    public boolean isScarce() {
        return supply == Supply.BATTERY;
    }
}
