package org.stratobox.sync.history;

import java.util.Optional;

import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.NameException;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.object.ObjectException;
import org.stratobox.sync.object.TreeEntry;
import org.stratobox.sync.object.TreeReader;

/// Compares two states of a folder; only directories that differ are opened. What cannot be had is passed over.
final class Differences {
    private final TreeReader<Carried> reader;

    Differences(ObjectReader objects) {
        reader = new TreeReader<>(new FolderReader(objects)::source);
    }

    /// Takes paths of which two states say something else.
    @FunctionalInterface
    interface Visitor {
        void visit(RelativePath path, Optional<Entry> before, Optional<Entry> after);
    }

    void forEach(Capability before, Capability after, Visitor visitor)
            throws HistoryException.IndexFailed, InterruptedException {
        try {
            directory(RelativePath.ROOT, Optional.of(before), Optional.of(after), visitor);
        } catch (Carried e) {
            throw e.rethrowEnding();
        }
    }

    private void directory(RelativePath path, Optional<Capability> before, Optional<Capability> after, Visitor visitor)
            throws Carried {
        try {
            reader.forEachDifference(before, after, (a, b) -> name(path, a, b, visitor));
        } catch (ObjectException e) {
            // what is damaged tells nothing; the rest does
        } catch (Carried e) {
            if (!e.isLocal()) {
                throw e;
            }
        }
    }

    private void name(RelativePath directory, Optional<TreeEntry> before, Optional<TreeEntry> after, Visitor visitor)
            throws Carried {
        RelativePath path;
        try {
            path = directory.resolve(before.or(() -> after).orElseThrow().name());
        } catch (NameException e) {
            return;
        }
        Optional<Entry> a = before.flatMap(TreeEntry::entry);
        Optional<Entry> b = after.flatMap(TreeEntry::entry);
        if (!a.equals(b)) {
            visitor.visit(path, a, b);
        }
        Optional<Capability> x = before.flatMap(TreeEntry::subtree);
        Optional<Capability> y = after.flatMap(TreeEntry::subtree);
        if (!x.map(Capability::cid).equals(y.map(Capability::cid))) {
            directory(path, x, y, visitor);
        }
    }
}
