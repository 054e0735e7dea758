package org.stratobox.sync.model;

import java.io.Serial;

/// A name or path from a disk or from the mesh that Stratobox does not keep. The message says what is wrong and never
/// repeats the name.
public final class NameException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final NameFault fault;

    /// @param fault what is wrong
    public NameException(NameFault fault) {
        super("unusable name: " + fault);
        this.fault = fault;
    }

    /// @return what is wrong
    public NameFault fault() {
        return fault;
    }
}
