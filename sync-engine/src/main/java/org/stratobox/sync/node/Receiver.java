package org.stratobox.sync.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

import org.stratobox.crypto.Sha256;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.folder.DiskFailure;
import org.stratobox.sync.mesh.folder.Repository;
import org.stratobox.sync.mesh.folder.Upload;
import org.stratobox.sync.model.ObjectName;

/// Takes uploads: hashes while it writes, and gives the file its name only when everything is right.
final class Receiver {
    private static final int BUFFER = 256 << 10;

    private final Path root;
    private final Quota quota;
    private final long maxObject;

    Receiver(Path root, Quota quota, long maxObject) {
        this.root = root;
        this.quota = quota;
        this.maxObject = maxObject;
    }

    /// A body on its way in.
    ///
    /// @param stream of it
    /// @param length as announced, or -1
    record Body(InputStream stream, long length) {}

    /// @param repository is there
    /// @param file the name to give
    /// @param expected what the SHA-256 must be, or empty for `config`
    /// @return number of bytes
    /// @throws Rejected with 400, 403, 413 or 507
    /// @throws IOException if the client went away; nothing is kept
    long receive(Repository repository, Path file, Optional<ObjectName> expected, Body body) throws IOException {
        requireRoom(repository, file, body.length());
        Transfer transfer = new Transfer(body);
        try (Upload upload = transfer.onDisk(repository::upload)) {
            ObjectName actual = transfer.copyTo(upload);
            if (expected.isPresent() && !expected.get().equals(actual)) {
                throw new Rejected(400, "the SHA-256 of the body is not the name");
            }
            if (!transfer.onDisk(() -> upload.commit(file))) {
                throw exists();
            }
            transfer.keep();
            return transfer.received;
        } finally {
            transfer.settle();
        }
    }

    private void requireRoom(Repository repository, Path file, long length) throws IOException {
        if (length > maxObject) {
            throw tooLarge();
        }
        if (repository.size(file).isPresent()) {
            throw exists();
        }
        if (length > quota.free()) {
            throw full();
        }
    }

    private static Rejected exists() {
        return new Rejected(403, "the object is there already");
    }

    private Rejected tooLarge() {
        return new Rejected(413, "an object has at most " + maxObject + " bytes here");
    }

    private static Rejected full() {
        return new Rejected(507, "the node is full");
    }

    /// What one upload has received and taken from the quota.
    private final class Transfer {
        private final Body body;
        private long received;
        private boolean kept;

        private Transfer(Body body) {
            this.body = body;
        }

        private ObjectName copyTo(Upload upload) throws IOException {
            byte[] buffer = new byte[body.length() < 0 ? BUFFER : Math.clamp(body.length(), 1, BUFFER)];
            Sha256 hash = new Sha256();
            int n = body.stream().readNBytes(buffer, 0, buffer.length);
            while (n > 0) {
                take(n);
                hash.update(buffer, 0, n);
                ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
                onDisk(() -> {
                    upload.write(piece);
                    return true;
                });
                n = body.stream().readNBytes(buffer, 0, buffer.length);
            }
            if (body.length() >= 0 && received != body.length()) {
                throw new Rejected(400, "the body ended early");
            }
            return new ObjectName(hash.digest());
        }

        private void take(int bytes) throws Rejected {
            if (received + bytes > maxObject) {
                throw tooLarge();
            }
            if (!quota.take(bytes)) {
                throw full();
            }
            received += bytes;
        }

        private <T> T onDisk(DiskStep<T> step) throws IOException {
            try {
                return step.run();
            } catch (IOException e) {
                NodeException failure = DiskFailure.of(e, root, BUFFER);
                throw failure instanceof NodeException.Full
                        ? full()
                        : new Rejected(500, "the node could not write to its disk");
            }
        }

        private void keep() {
            kept = true;
        }

        private void settle() {
            if (!kept) {
                quota.giveBack(received);
            }
        }
    }

    private interface DiskStep<T> {
        T run() throws IOException;
    }
}
