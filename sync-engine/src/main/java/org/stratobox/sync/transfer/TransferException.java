package org.stratobox.sync.transfer;

import java.io.Serial;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.pack.PackException;

/// The pass as a whole cannot go on. Nothing is lost: what was stored stays known, the rest is found again by the next
/// pass.
public final class TransferException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param cause too few nodes took a pack or an object
    public TransferException(PackException cause) {
        super("the nodes did not take what was sent", cause);
    }

    /// @param cause the local index failed
    public TransferException(IndexException cause) {
        super("the local index failed", cause);
    }

    /// @param cause a failure of the product itself
    public TransferException(RuntimeException cause) {
        super("an upload failed unexpectedly", cause);
    }
}
