package org.stratobox.sync.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.RelativePath;

/// So many deletions at once that a person is asked first (`sync.md` 4, brakes).
///
/// @param decision names exactly this set; a person's word on it counts for no other
/// @param deleted paths of files and links that would be gone, sorted
/// @param replaced paths at which another file or a directory would be, sorted
/// @param perDevice how many of both each device caused; empty for deletions made here
/// @param files how many files the folder has
public record Held(Id decision, List<RelativePath> deleted, List<RelativePath> replaced,
        Map<DeviceId, Integer> perDevice, long files) {
    /// Copies the collections.
    public Held {
        deleted = List.copyOf(deleted);
        replaced = List.copyOf(replaced);
        perDevice = Map.copyOf(perDevice);
    }

    /// @return how many files are at stake
    public int count() {
        return deleted.size() + replaced.size();
    }

    /// Name of a held set: a hash over paths and versions, the same on every device that holds the same set.
    ///
    /// @param hash the hash
    public record Id(Digest256 hash) {}

    /// A plan taken apart.
    ///
    /// @param go what may be carried out now
    /// @param held what must wait for a word, if there is any
    /// @param waiting everything that waits, with what depends on it, in order; empty if nothing is held
    public record Split(Plan go, Optional<Held> held, List<Step> waiting) {
        /// Copies the list.
        public Split {
            waiting = List.copyOf(waiting);
        }
    }
}
