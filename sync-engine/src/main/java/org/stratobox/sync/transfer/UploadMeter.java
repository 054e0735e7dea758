package org.stratobox.sync.transfer;

import org.stratobox.sync.pack.StoredPack;

/// Is told what moves, by any thread; must return quickly.
public interface UploadMeter {
    /// @param bytes of a new sealed object
    void sealed(int bytes);

    /// @param bytes of a pack that was stored safely, coding not included
    /// @param pack how it was stored
    void uploaded(int bytes, StoredPack pack);

    /// @param bytes of plaintext that were read
    void read(int bytes);

    /// @param bytes size of a file whose new version was recorded
    void ingested(long bytes);
}
