package org.stratobox.sync.collect;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.ManifestReader;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.ObjectSource;
import org.stratobox.sync.object.TreeReader;

/// Everything that some commit needs: commits, trees, manifests, chunks. Trees and manifests are opened once each, chunks
/// never.
public final class Reachability {
    private final ObjectReader objects;
    private final CidSet reached = new CidSet();

    /// @param objects opens trees and manifests
    public Reachability(ObjectReader objects) {
        this.objects = objects;
    }

    /// Walks a commit.
    ///
    /// @param commit opens it
    /// @throws HistoryException if anything of it cannot be read: then nobody can say what is not needed, and nothing may be
    ///         deleted
    /// @throws InterruptedException if the thread is interrupted
    public void addCommit(Capability commit) throws HistoryException, InterruptedException {
        if (!reached.add(commit.cid())) {
            return;
        }
        try {
            for (FolderRoot folder : Commit.decode(objects.open(ObjectType.COMMIT, commit)).folders().values()) {
                addTree(folder.tree());
            }
        } catch (ObjectException e) {
            throw new HistoryException.Damaged(e);
        } catch (Carrier e) {
            throw e.rethrow();
        }
    }

    /// @param cids that somebody wants to keep
    public void keep(Collection<Cid> cids) {
        cids.forEach(reached::add);
    }

    /// @param cid of a sealed object
    /// @return whether something walked needs it
    public boolean isReached(Cid cid) {
        return reached.contains(cid);
    }

    private void addTree(Capability root) throws ObjectException, Carrier {
        Deque<Capability> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Capability tree = open.pop();
            if (reached.contains(tree.cid())) {
                continue;
            }
            new TreeReader<Carrier>(source()).forEach(tree, entry -> {
                entry.subtree().ifPresent(open::push);
                addContent(entry.entry());
            });
        }
    }

    private void addContent(Optional<Entry> entry) throws Carrier {
        if (entry.isEmpty()) {
            return;
        }
        switch (entry.get().content()) {
            case Content.Chunk chunk -> reached.add(chunk.capability().cid());
            case Content.Manifest manifest when !reached.contains(manifest.capability().cid()) -> {
                try {
                    new ManifestReader<Carrier>(source()).forEach(manifest.capability(), entry.get().size(),
                            (_, chunk) -> reached.add(chunk.cap().cid()));
                } catch (ObjectException e) {
                    throw new Carrier(new HistoryException.Damaged(e));
                }
            }
            default -> {
                // held by the tree itself, or known
            }
        }
    }

    /// Whatever is opened is needed.
    private ObjectSource<Carrier> source() {
        return (type, capability) -> {
            try {
                byte[] body = objects.open(type, capability);
                reached.add(capability.cid());
                return body;
            } catch (HistoryException | InterruptedException e) {
                throw new Carrier(e);
            }
        };
    }

    /// Two checked exceptions through a callback that may throw one.
    private static final class Carrier extends Exception {
        private static final long serialVersionUID = 1L;

        Carrier(Exception cause) {
            super(cause);
        }

        HistoryException rethrow() throws InterruptedException {
            return switch (getCause()) {
                case HistoryException h -> h;
                case InterruptedException i -> throw i;
                case null, default -> throw new IllegalStateException("an unexpected failure", this);
            };
        }
    }
}
