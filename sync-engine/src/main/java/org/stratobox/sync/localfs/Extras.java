package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/// What a file has on this machine besides bytes, time and mode: extended attributes of the user, and access lists where the
/// system shows them to Java. They are not synced, and stay with the name when its content is replaced (`sync-disk.md` 2.4).
final class Extras {
    /// More than this is not cheap.
    private static final int MOST_BYTES = 64 << 10;

    private Extras() {}

    /// @return the target
    static Path copy(Path from, Path to) throws IOException {
        try {
            copyAttributes(from, to);
            copyAccess(from, to);
        } catch (IOException | UnsupportedOperationException e) {
            // what belongs to this machine only is kept where it is cheap; the file itself is more important
            return to;
        }
        return to;
    }

    private static void copyAttributes(Path from, Path to) throws IOException {
        UserDefinedFileAttributeView source = Files.getFileAttributeView(from, UserDefinedFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        UserDefinedFileAttributeView target = Files.getFileAttributeView(to, UserDefinedFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        if (source == null || target == null) {
            return;
        }
        for (String name : source.list()) {
            int size = source.size(name);
            if (size <= MOST_BYTES) {
                ByteBuffer value = ByteBuffer.allocate(size);
                source.read(name, value);
                target.write(name, value.flip());
            }
        }
    }

    private static void copyAccess(Path from, Path to) throws IOException {
        AclFileAttributeView source = Files.getFileAttributeView(from, AclFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        AclFileAttributeView target = Files.getFileAttributeView(to, AclFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        if (source != null && target != null) {
            target.setAcl(source.getAcl());
        }
    }
}
