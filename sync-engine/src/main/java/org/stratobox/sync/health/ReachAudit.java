package org.stratobox.sync.health;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.history.EntryVisitor;
import org.stratobox.sync.history.FileChunks;
import org.stratobox.sync.history.FolderReader;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.history.ObjectReader;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.Location;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.ObjectException;

/// Walks everything that commits reach. Trees and manifests are read; a chunk counts as there if the index knows it and its
/// pack has enough shares. Used by one thread.
final class ReachAudit {
    private static final long CACHE = 32L << 20;

    private final Checker.Parts parts;
    private final Predicate<Digest256> readablePacks;
    private final Findings findings;
    /// An own one: what another has in its cache says nothing about the nodes.
    private final ObjectReader objects;

    ReachAudit(Checker.Parts parts, Predicate<Digest256> readablePacks, Findings findings) {
        this.parts = parts;
        this.readablePacks = readablePacks;
        this.findings = findings;
        this.objects = new ObjectReader(parts.index(), parts.mesh(), parts.tasks(), CACHE);
    }

    void run(Collection<Capability> commits) throws HistoryException.IndexFailed, InterruptedException {
        Map<String, Damage> byFolder = new HashMap<>();
        Set<Cid> walked = new HashSet<>();
        long unreadable = 0;
        for (Capability commit : commits) {
            if (!walked.add(commit.cid())) {
                continue;
            }
            try {
                for (FolderRoot folder : Commit.decode(objects.open(ObjectType.COMMIT, commit)).folders().values()) {
                    if (walked.add(folder.tree().cid())) {
                        walk(folder.tree(), byFolder.computeIfAbsent(folder.name(), _ -> new Damage()));
                    }
                }
            } catch (HistoryException.IndexFailed e) {
                throw e;
            } catch (HistoryException | ObjectException e) {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            findings.commitUnreadable(unreadable);
        }
        byFolder.forEach((folder, damage) -> {
            if (!damage.files.isEmpty() || !damage.directories.isEmpty()) {
                findings.affected(folder, damage.files.size(), damage.directories.size());
            }
        });
    }

    /// What of a folder cannot be read. Several devices may name the same files.
    private static final class Damage {
        private final Set<RelativePath> files = new HashSet<>();
        private final Set<RelativePath> directories = new HashSet<>();
    }

    private void walk(Capability tree, Damage damage) throws HistoryException, InterruptedException {
        new FolderReader(objects).forEach(tree, new EntryVisitor<HistoryException>() {
            @Override
            public void visit(RelativePath path, Entry entry) throws HistoryException, InterruptedException {
                if (!isWhole(entry)) {
                    damage.files.add(path);
                }
            }

            @Override
            public void unreadable(RelativePath directory, HistoryException why) throws HistoryException {
                if (why instanceof HistoryException.IndexFailed) {
                    throw why;
                }
                damage.directories.add(directory);
            }
        });
    }

    private boolean isWhole(Entry entry) throws HistoryException.IndexFailed, InterruptedException {
        try {
            new FileChunks(objects).<HistoryException>forEach(entry, (_, chunk) -> requireThere(chunk.cap().cid()));
            return true;
        } catch (HistoryException.IndexFailed e) {
            throw e;
        } catch (HistoryException e) {
            return false;
        }
    }

    private void requireThere(Cid chunk) throws HistoryException {
        try {
            Optional<Location> at = parts.index().packs().find(chunk);
            if (at.filter(l -> readablePacks.test(l.packId())).isEmpty()) {
                throw new HistoryException.Unknown();
            }
        } catch (IndexException e) {
            throw new HistoryException.IndexFailed(e);
        }
    }
}
