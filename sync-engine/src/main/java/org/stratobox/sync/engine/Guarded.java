package org.stratobox.sync.engine;

import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.transfer.TransferException;

/// The one place where failures of the layers become sentences.
final class Guarded {
    private Guarded() {}

    /// Work of the layers below.
    ///
    /// @param <T> what it makes
    @FunctionalInterface
    interface Work<T> {
        T run() throws StratoboxException, IndexException, TransferException, PackException, HistoryException,
                InterruptedException;
    }

    /// Work that opens meshes of its own and answers for their failures itself.
    static <T> T uninterrupted(Work<T> work) throws StratoboxException {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StratoboxException(Reason.CANCELLED, "Stopped. Nothing was changed.", e);
        } catch (IndexException | TransferException | PackException | HistoryException e) {
            throw new IllegalStateException("a search for an account keeps its failures to itself", e);
        }
    }

    static <T> T run(Work<T> work, Mesh mesh) throws StratoboxException {
        try {
            return work.run();
        } catch (IndexException e) {
            throw Sentences.of(e);
        } catch (TransferException e) {
            throw Sentences.of(e, mesh);
        } catch (PackException e) {
            throw Sentences.of(new TransferException(e), mesh);
        } catch (HistoryException e) {
            throw Sentences.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StratoboxException(Reason.CANCELLED,
                    "Stopped. Nothing is lost; the next run goes on from here.", e);
        }
    }
}
