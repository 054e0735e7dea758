package org.stratobox.sync.model;

/// What an entry is. The codes are those of stored trees (`format.md` 3.6) and never change.
public enum EntryKind {
    /// A regular file.
    FILE(1),
    /// A directory.
    DIRECTORY(2),
    /// A symbolic link; its content is the text of its target and is never followed.
    SYMLINK(3),
    /// A deletion: the path was known and is gone. Absent means "never heard of".
    TOMBSTONE(4);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /// @return the code in stored trees
    public int code() {
        return code;
    }
}
