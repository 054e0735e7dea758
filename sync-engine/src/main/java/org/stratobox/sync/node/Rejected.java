package org.stratobox.sync.node;

import java.io.IOException;
import java.io.Serial;

/// A request that is answered with an error. The message is for the client: a sentence without paths.
final class Rejected extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    Rejected(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
