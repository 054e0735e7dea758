package org.stratobox.sync.engine;

import java.util.List;
import java.util.Optional;

import org.stratobox.sync.history.Present;
import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.RelativePath;

/// A folder as the index has it.
record IndexPresent(EntryIndex entries, FolderId folder) implements Present {
    @Override
    public Optional<Entry> at(RelativePath path) throws IndexException {
        return known(path).flatMap(Known::state);
    }

    @Override
    public boolean isSettled(RelativePath path) throws IndexException {
        return known(path).map(Known::isSettled).orElse(true);
    }

    @Override
    public List<RelativePath> liveBelow(RelativePath path) throws IndexException {
        Optional<Long> row = entries.locate(folder, path);
        return row.isPresent() ? entries.liveBelow(row.get()) : List.of();
    }

    private Optional<Known> known(RelativePath path) throws IndexException {
        Optional<Long> row = entries.locate(folder, path);
        return row.isPresent() ? Optional.of(entries.known(row.get())) : Optional.empty();
    }
}
