package org.stratobox.sync.merge;

import java.util.Optional;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PassTable;
import org.stratobox.sync.index.PassTable.Pass;
import org.stratobox.sync.index.PassTable.PathChange;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// Records changes of a folder's state as passes. A pass in which nothing changes is never written. Thread-safe; what is
/// guarded is taken only inside a transaction of the index, so there is one order of locks.
public final class PassWriter implements StateChanges {
    private final PassTable passes;
    /// Guarded by this.
    private Optional<Pass> next = Optional.empty();
    /// Guarded by this; 0 until the pass has changed something.
    private long id;

    /// @param passes of the index
    public PassWriter(PassTable passes) {
        this.passes = passes;
    }

    /// @param pass to which everything belongs from now on
    public synchronized void turn(Pass pass) {
        next = Optional.of(pass);
        id = 0;
    }

    @Override
    public synchronized void changed(RelativePath path, Optional<Entry> before, Optional<Entry> after)
            throws IndexException {
        PathChange change = new PathChange(path, before, after);
        if (next.isEmpty() || !change.isVisible()) {
            return;
        }
        // the transaction that began it may have been rolled back
        if (id == 0 || passes.find(id).isEmpty()) {
            id = passes.begin(next.get());
        }
        passes.add(id, change);
    }
}
