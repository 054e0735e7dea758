package org.stratobox.sync.object;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;

/// Where opened objects come from.
///
/// @param <X> how that can fail
@FunctionalInterface
public interface ObjectSource<X extends Exception> {
    /// @param type what it was sealed as
    /// @param capability what opens it
    /// @return the body
    /// @throws X if it cannot be had or does not open
    byte[] open(ObjectType type, Capability capability) throws X;
}
