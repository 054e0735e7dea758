package org.stratobox.sync.merge;

import java.io.Serial;
import java.util.Optional;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.reconcile.Surroundings;

/// What a planner asks, answered by the index.
final class IndexSurroundings implements Surroundings {
    private final EntryIndex entries;
    private final FolderId folder;

    IndexSurroundings(EntryIndex entries, FolderId folder) {
        this.entries = entries;
        this.folder = folder;
    }

    @Override
    public Optional<Entry> base(RelativePath path) {
        return asking(() -> known(path).flatMap(EntryIndex.Known::base));
    }

    @Override
    public Optional<Entry> state(RelativePath path) {
        return asking(() -> known(path).flatMap(EntryIndex.Known::state));
    }

    @Override
    public boolean showsBelow(RelativePath directory) {
        return asking(() -> {
            Optional<Long> row = entries.locate(folder, directory);
            return row.isPresent() && entries.hasLiveBelow(row.get());
        });
    }

    private Optional<EntryIndex.Known> known(RelativePath path) throws IndexException {
        Optional<Long> row = entries.locate(folder, path);
        return row.isPresent() ? Optional.of(entries.known(row.get())) : Optional.empty();
    }

    private static <T> T asking(Question<T> question) {
        try {
            return question.ask();
        } catch (IndexException e) {
            throw new Failed(e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IndexException;
    }

    /// Carries the index's failure through the planner, which knows no index.
    static final class Failed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final IndexException why;

        Failed(IndexException why) {
            super(why);
            this.why = why;
        }

        IndexException why() {
            return why;
        }
    }
}
