package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;

/// News of a folder from the operating system. Network drives tell nothing of what other computers do: they are known by
/// their type, or by a change that came without an event; from then on the folder counts as unable.
final class FolderFeed implements ChangeFeed, AutoCloseable {
    private static final Pattern REMOTE = Pattern
            .compile("nfs.*|cifs|smb.*|9p|afs|ceph|davfs|fuse|fuse\\.(sshfs|rclone|gvfsd-fuse|glusterfs|s3fs|davfs2?)");

    private final MeshNode node;
    private final Repository repository;
    private final Set<WatchService> open = ConcurrentHashMap.newKeySet();
    private volatile boolean unable;

    FolderFeed(MeshNode node, Repository repository) {
        this.node = node;
        this.repository = repository;
    }

    @Override
    public Optional<Cursor> awaitChange(Space space, Cursor after, Duration timeout) throws NodeException {
        Cursor now = cursor(space);
        if (unable || space == Space.DATA) {
            return Optional.empty();
        }
        Path folder = repository.folder(space);
        try (WatchService watcher = folder.getFileSystem().newWatchService()) {
            if (isRemote(folder)) {
                unable = true;
                return Optional.empty();
            }
            open.add(watcher);
            return now.equals(after) ? Optional.of(await(watcher, space, after, timeout)) : Optional.of(now);
        } catch (IOException e) {
            // too many watchers, or a file system that knows none
            return Optional.empty();
        } catch (ClosedWatchServiceException e) {
            throw new IllegalStateException("the node was closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException.Unreachable("interrupted while waiting for news", e);
        }
    }

    private Cursor await(WatchService watcher, Space space, Cursor after, Duration timeout)
            throws IOException, InterruptedException, NodeException {
        try {
            repository.folder(space).register(watcher, StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE);
            // what came before the folder was watched is no event
            Cursor since = cursor(space);
            if (!since.equals(after)) {
                return since;
            }
            long limit = Math.min(timeout.toNanos(), LONGEST.toNanos());
            boolean isTold = watcher.poll(limit, TimeUnit.NANOSECONDS) != null;
            Cursor now = cursor(space);
            unable |= !isTold && !now.equals(after);
            return now;
        } finally {
            open.remove(watcher);
        }
    }

    private Cursor cursor(Space space) throws NodeException {
        return Cursor.of(node.list(space));
    }

    private static boolean isRemote(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return REMOTE.matcher(store.type().toLowerCase(Locale.ROOT)).matches();
    }

    /// Ends all waiting. Idempotent.
    @Override
    public void close() {
        for (WatchService watcher : open) {
            try {
                watcher.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("a watcher could not be closed", e);
            }
        }
    }
}
