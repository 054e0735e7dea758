package org.stratobox.sync.localfs;

import java.io.IOException;
import java.io.Serial;

/// A directory on the way to a path is a symbolic link, so the path may lead anywhere. Nothing was touched.
public final class LinkInPath extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// Says so, without a name.
    public LinkInPath() {
        super("a directory on the way is a symbolic link");
    }
}
