package org.stratobox.sync.simulation;

/// Something broken on purpose, to see that the simulation sees it. What is broken is what the engine is given: its disk, its
/// index, its home, its nodes; so the engine behaves as if the mistake were its own.
enum Mutant {
    /// Nothing is broken.
    NONE,
    /// A crash leaves no intents: the journal is forgotten.
    JOURNAL_DROPPED,
    /// Tombstones do not get into the state.
    TOMBSTONE_FORGOTTEN,
    /// What was deleted once stays deleted whatever was written since or meanwhile.
    DELETES_WIN,
    /// A new version says that it has seen everything the state knows, not what the disk had.
    MERGED_VECTOR,
    /// A directory that cannot be listed is empty; what cannot be asked for is gone.
    ERRORS_ARE_ABSENCE,
    /// What was looked at once is not looked at again before it is displaced, nor afterwards.
    BLIND,
    /// Nodes confirm pack indexes and do not keep them: the head names what nobody can find.
    HEAD_WITHOUT_INDEX,
    /// A restart forgets the newest own head.
    HEAD_FORGOTTEN
}
