package org.stratobox.app.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

import jdk.net.ExtendedSocketOptions;

/// Where the processes of a home meet: the socket `control` in it. The system allows about 100 bytes for the path of a
/// socket; where the home's is longer, or others may enter it, `control` is a symbolic link to a socket in the user's
/// directory for such things, so that everybody who finds the home finds the socket, whatever his environment says.
final class SocketPlace {
    private static final String NAME = "control";
    // Linux has room for 107 bytes, macOS for 103
    private static final int MAX_PATH_BYTES = 100;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private SocketPlace() {}

    /// @param home whose lock the caller holds: what an earlier process left behind is removed
    /// @param runtime a directory for sockets of this user, made if absent
    /// @return where to bind; nothing is there
    static Path prepare(Path home, Path runtime) throws IOException {
        Path direct = home.resolve(NAME);
        Files.deleteIfExists(direct);
        if (fits(direct) && isPrivate(home)) {
            return direct;
        }
        makePrivate(runtime);
        Path socket = runtime.resolve(digest(home));
        if (!fits(socket)) {
            throw new IOException("no short path for a socket");
        }
        Files.deleteIfExists(socket);
        Files.createSymbolicLink(direct, socket);
        return socket;
    }

    /// @return where a process that holds the home would listen; it may have ended without tidying up
    static Optional<Path> find(Path home) throws IOException {
        Path direct = home.resolve(NAME);
        if (Files.isSymbolicLink(direct)) {
            return Optional.of(Files.readSymbolicLink(direct));
        }
        return fits(direct) && Files.exists(direct, LinkOption.NOFOLLOW_LINKS) ? Optional.of(direct) : Optional.empty();
    }

    static void remove(Path home, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(home.resolve(NAME));
    }

    /// @return whether the process at the other end belongs to the user whose home it is
    static boolean isOwner(SocketChannel channel, Path home) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName()
                .equals(Files.getOwner(home).getName());
    }

    private static void makePrivate(Path directory) throws IOException {
        try {
            Files.createDirectory(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException _) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("no directory for a socket");
            }
        }
        // somebody else's directory in a place everybody may write to must not be fallen for
        if (!isPrivate(directory) || !Files.isWritable(directory)) {
            throw new IOException("others may enter the directory of the socket");
        }
    }

    private static boolean isPrivate(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return true;
        }
        Set<PosixFilePermission> found = EnumSet.copyOf(OTHERS);
        found.retainAll(Files.getPosixFilePermissions(directory));
        return found.isEmpty();
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
    }

    private static String digest(Path home) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(home.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("every Java has this digest", e);
        }
    }
}
