package org.stratobox.sync.object;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;

/// Where encoded objects go to be sealed and stored. Called as often as a structure has objects, children before parents.
///
/// @param <X> how that can fail
@FunctionalInterface
public interface ObjectSink<X extends Exception> {
    /// @param type what it is sealed as
    /// @param body at most [org.stratobox.crypto.envelope.Envelope#MAX_BODY] bytes; not changed afterwards by the caller
    /// @return what opens it
    /// @throws X if it cannot be sealed or stored
    Capability seal(ObjectType type, byte[] body) throws X;
}
