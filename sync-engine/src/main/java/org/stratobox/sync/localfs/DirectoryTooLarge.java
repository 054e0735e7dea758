package org.stratobox.sync.localfs;

import java.io.IOException;
import java.io.Serial;

/// A directory has more entries than the memory of this process can hold. It was not looked at.
public final class DirectoryTooLarge extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param most how many entries fit
    public DirectoryTooLarge(long most) {
        super("a directory with more than " + most + " entries");
    }
}
