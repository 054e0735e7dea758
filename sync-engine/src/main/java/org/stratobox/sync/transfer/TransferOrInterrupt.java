package org.stratobox.sync.transfer;

import java.io.Serial;

/// Carries one of two checked exceptions through a callback that may throw only one type.
final class TransferOrInterrupt extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    TransferOrInterrupt(Exception cause) {
        super(cause);
    }

    /// @return never
    /// @throws TransferException if that is what happened
    /// @throws InterruptedException if that is what happened
    IllegalStateException rethrow() throws TransferException, InterruptedException {
        switch (getCause()) {
            case TransferException e -> throw e;
            case InterruptedException e -> throw e;
            case null, default -> throw new IllegalStateException("an unexpected failure", this);
        }
    }
}
