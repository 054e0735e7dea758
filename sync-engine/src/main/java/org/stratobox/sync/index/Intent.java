package org.stratobox.sync.index;

import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// What is about to be done to a user's disk, written down before, so that a crash in the middle can be told from a change
/// by the user (`sync-disk.md` 3.4). All paths are relative to the folder's root, those in the own area, too.
///
/// @param how what kind of change
/// @param from where the thing is before; for changes in place the same as `to`
/// @param to where it is afterwards
/// @param aside where what was at `to` goes ([How#SWAP]), or the last place of what is parked ([How#PARK])
/// @param moving the thing at `from`; empty where the change makes it
/// @param displaced the thing at `to` that makes room
/// @param changes of base, when all is done
public record Intent(How how, RelativePath from, RelativePath to, Optional<RelativePath> aside,
        Optional<Identity> moving, Optional<Identity> displaced, List<Change> changes) {
    /// Copies the list.
    public Intent {
        changes = List.copyOf(changes);
    }

    /// Kinds of changes. The codes are those of the stored journal and never change.
    public enum How {
        /// A staged file or link gets a free name.
        PUT(1),
        /// A staged file or link takes the place of something, which goes to `aside` in the trash.
        SWAP(2),
        /// A user's file or directory gets another name.
        RENAME(3),
        /// A user's file goes to the trash.
        REMOVE(4),
        /// A user's file waits in the park; `aside` is its last place. The intent stays open until it is there.
        PARK(5),
        /// A directory is made.
        MAKE_DIRECTORY(6),
        /// An empty directory is removed.
        REMOVE_DIRECTORY(7),
        /// Time and mode are set.
        ATTRIBUTES(8);

        private final int code;

        How(int code) {
            this.code = code;
        }

        /// @return the code in the stored journal
        public int code() {
            return code;
        }
    }

    /// What becomes of base.
    ///
    /// @param path whose base
    /// @param becomes the new base; a tombstone for nothing, empty to forget it
    /// @param evidenceOf path whose evidence it keeps, because its directory was renamed and nothing in it was touched
    public record Change(RelativePath path, Optional<Entry> becomes, Optional<RelativePath> evidenceOf) {}

    /// An intent in the journal.
    ///
    /// @param id of its row
    /// @param intent what was about to be done
    public record Open(long id, Intent intent) {}
}
