package org.stratobox.sync.apply;

import java.io.IOException;
import java.io.Serial;

/// One thing cannot be written here, whatever the disk says: for a name it cannot have, for example.
final class NotWritable extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    /// @param sentence for the user, without a path
    NotWritable(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
