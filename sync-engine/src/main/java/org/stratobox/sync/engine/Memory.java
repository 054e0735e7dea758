package org.stratobox.sync.engine;

import java.util.HashMap;
import java.util.Map;

import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.task.Ticker;

/// What an open account remembers of its folders from pass to pass. Used by the folders' one writer.
final class Memory {
    private final Ticker ticker;
    private final Map<FolderId, FolderMemory> folders = new HashMap<>();

    Memory(Ticker ticker) {
        this.ticker = ticker;
    }

    FolderMemory of(FolderId folder) {
        return folders.computeIfAbsent(folder, _ -> new FolderMemory(ticker));
    }
}
