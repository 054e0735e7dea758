package org.stratobox.sync.history;

import java.io.Serial;

/// Carries a checked exception through a callback that may throw only one type. Never leaves this package.
final class Carried extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean local;

    private Carried(Exception cause, boolean local) {
        super(cause);
        this.local = local;
    }

    /// @param cause ends everything
    static Carried ending(Exception cause) {
        return new Carried(cause, false);
    }

    /// @param cause concerns one directory only
    static Carried local(HistoryException cause) {
        return new Carried(cause, true);
    }

    boolean isLocal() {
        return local;
    }

    /// @param <X> what the callback throws, besides the two that are always possible
    /// @return never
    /// @throws X if that is what happened
    /// @throws HistoryException if that is what happened
    /// @throws InterruptedException if that is what happened
    <X extends Exception> IllegalStateException rethrow() throws X, HistoryException, InterruptedException {
        switch (getCause()) {
            case HistoryException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw Carried.<X>asDeclared(e);
            case null, default -> throw new IllegalStateException("nothing was carried", this);
        }
    }

    /// For callbacks that go on after everything that concerns one directory.
    ///
    /// @return never
    /// @throws HistoryException.IndexFailed if that is what happened
    /// @throws InterruptedException if that is what happened
    IllegalStateException rethrowEnding() throws HistoryException.IndexFailed, InterruptedException {
        switch (getCause()) {
            case HistoryException.IndexFailed e -> throw e;
            case InterruptedException e -> throw e;
            case null, default -> throw new IllegalStateException("an unexpected failure", this);
        }
    }

    /// Only what a callback declared, besides the types above, is ever put in.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Exception> X asDeclared(Exception e) {
        return (X) e;
    }
}
