package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.ObjectName;

/// One place that keeps bytes for one account. Dumb: it never sees keys, plaintext or names of files.
///
/// **Contract**, checked for every adapter and decorator by `MeshNodeContract`:
///
/// - *Thread-safe.* Calls block; they honour interruption by failing with [NodeException.Unreachable] and leaving the
///   interrupt flag set. No callback, no own thread that outlives [#close()].
/// - *Names are SHA-256 of the stored bytes.* An adapter refuses to put bytes under a wrong name (programming error:
///   [IllegalArgumentException], thrown before anything is sent) but does **not** check what it reads: the caller does.
/// - *All or nothing.* An object is visible under its name completely or not at all, also after a crash of either side
///   or a lost connection. Nothing is ever overwritten.
/// - *Put is idempotent.* Putting an object that is there already answers [PutResult#PRESENT]; a repeated put after a lost
///   answer is safe. PRESENT is the node's word only: it is never proof that the bytes are right.
/// - *Durable.* When put returns, the object survives a power cut as far as the engine can promise that.
/// - *Read after write*: get, stat and list see an object as soon as its put has returned.
/// - *Absent means absent.* [NodeException.NotFound] and `Optional.empty()` are answered only when the node says
///   reliably that the object is not there; any doubt (time-out, I/O error, a missing root) is another exception.
///   A list is complete or fails.
/// - *A name that holds another length* than the body that is put under it answers [NodeException.Corrupt] (an engine
///   that can only overwrite may mend it instead). Repair deletes such an object and puts it again.
/// - *Prepared.* A place whose account part is missing (an unmounted disk, a moved repository) is
///   [NodeException.Unreachable] for every call but [#prepare()] and [#isPrepared()].
/// - *Errors* are the subclasses of [NodeException]. Those with [NodeException#isTransient()] may be retried.
public interface MeshNode extends AutoCloseable {
    /// @return which place this is
    NodeSpec spec();

    /// Makes the place ready: creates the account's part of it and the `config` marker if they are absent. Idempotent.
    ///
    /// @throws NodeException.Foreign if the place holds something else or a newer format
    /// @throws NodeException as described for the port
    void prepare() throws NodeException;

    /// @return whether the account's `config` marker is there, that is whether this account uses the place
    /// @throws NodeException as described for the port; a place that cannot be read is an error, not `false`
    boolean isPrepared() throws NodeException;

    /// Stores an object under its name unless it is there.
    ///
    /// @param space which kind
    /// @param name SHA-256 of the body
    /// @param body what remains in the buffer, at most [#MAX_OBJECT] bytes; it is not consumed
    /// @return whether it was stored now or was there
    /// @throws NodeException as described for the port
    PutResult put(Space space, ObjectName name, ByteBuffer body) throws NodeException;

    /// Reads a whole object.
    ///
    /// @param space which kind
    /// @param name of the object
    /// @return its bytes, unchecked, at most [#MAX_OBJECT] (more is [NodeException.Corrupt])
    /// @throws NodeException.NotFound if the node says it has none
    /// @throws NodeException as described for the port
    byte[] get(Space space, ObjectName name) throws NodeException;

    /// Reads a part of an object.
    ///
    /// @param space which kind
    /// @param name of the object
    /// @param offset first byte, from 0
    /// @param length number of bytes, at least 1
    /// @return exactly `length` bytes, unchecked; an object that is shorter is [NodeException.Corrupt]
    /// @throws NodeException.NotFound if the node says it has none
    /// @throws NodeException as described for the port
    byte[] getRange(Space space, ObjectName name, long offset, int length) throws NodeException;

    /// @param space which kind
    /// @param name of the object
    /// @return its length in bytes, or empty if the node says it has none
    /// @throws NodeException as described for the port
    Optional<Long> size(Space space, ObjectName name) throws NodeException;

    /// @param space which kind
    /// @return every object of that kind, in no order; entries whose name is not a SHA-256 are left out
    /// @throws NodeException as described for the port
    List<StoredObject> list(Space space) throws NodeException;

    /// Removes an object.
    ///
    /// @param space which kind
    /// @param name of the object
    /// @return whether it was there
    /// @throws NodeException.Refused if the node is append-only
    /// @throws NodeException as described for the port
    boolean delete(Space space, ObjectName name) throws NodeException;

    /// @return room on the node, if the engine can tell
    /// @throws NodeException as described for the port
    Optional<Usage> usage() throws NodeException;

    /// @return news as they come, if the engine may be able to tell them; whether it is, its first answer says
    default Optional<ChangeFeed> changeFeed() {
        return Optional.empty();
    }

    /// Releases connections. Idempotent; calls after it fail with [IllegalStateException].
    @Override
    void close();

    /// The largest object that may be put, in bytes (64 MiB).
    int MAX_OBJECT = 64 << 20;

    /// What every adapter does first in [#put(Space, ObjectName, ByteBuffer)].
    ///
    /// @param name claimed
    /// @param body to be stored; position and limit stay as they are
    /// @throws IllegalArgumentException if the body is too large or its SHA-256 is not the name
    static void requireNamed(ObjectName name, ByteBuffer body) {
        if (body.remaining() > MAX_OBJECT) {
            throw new IllegalArgumentException("an object has at most " + MAX_OBJECT + " bytes");
        }
        // a guard against slips in the code, not against nodes: large names were made from these bytes a moment ago
        if (body.remaining() <= GUARDED && !ObjectName.of(body).equals(name)) {
            throw new IllegalArgumentException("the name is not the SHA-256 of the body");
        }
    }

    /// What every adapter does first in [#getRange(Space, ObjectName, long, int)].
    ///
    /// @param offset first byte
    /// @param length number of bytes
    /// @throws IllegalArgumentException if the range is empty, negative or longer than an object can be
    static void requireRange(long offset, int length) {
        if (offset < 0 || length < 1 || length > MAX_OBJECT) {
            throw new IllegalArgumentException("not a range of an object");
        }
    }

    /// Names of bodies up to this size are checked before a put.
    int GUARDED = 1 << 20;

    /// What a put did.
    enum PutResult {
        /// The object was not there and is now.
        STORED,
        /// The node says that it was there.
        PRESENT
    }

    /// An entry of a listing.
    ///
    /// @param name of the object
    /// @param size in bytes
    record StoredObject(ObjectName name, long size) {}

    /// Room on a node.
    ///
    /// @param used bytes that are taken
    /// @param free bytes that may still be stored
    record Usage(long used, long free) {}
}
