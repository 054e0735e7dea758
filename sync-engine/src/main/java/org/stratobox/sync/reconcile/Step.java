package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// One change of a disk, or of base alone. A value: it names what it was planned from and what base is afterwards, so it can
/// be printed, journaled, repeated and undone. A step whose expectation the disk does not meet is not carried out.
public sealed interface Step {
    /// @return the path where the step's result is seen
    RelativePath path();

    /// @return every path whose base the step changes
    List<Site> sites();

    /// @return why
    Reason reason();

    /// Steps at a single path.
    sealed interface Single extends Step {
        /// @return the path with what is expected there and what becomes of it
        Site site();

        @Override
        default RelativePath path() {
            return site().path();
        }

        @Override
        default List<Site> sites() {
            return List.of(site());
        }
    }

    /// Makes a directory where nothing is. Its time and permissions are set by a later [SetAttributes].
    ///
    /// @param site becomes a directory
    /// @param reason why
    record MakeDirectory(Site site, Reason reason) implements Single {}

    /// Creates a file, or replaces a file or link in one exchange.
    ///
    /// @param site expects nothing, a file or a link; becomes a file, with its time and execute bit
    /// @param copyOf a path that holds the same bytes until this step is done, according to base: they may be copied from
    /// there, if what was copied is checked, instead of being fetched
    /// @param reason why
    record PutFile(Site site, Optional<RelativePath> copyOf, Reason reason) implements Single {}

    /// Creates a symbolic link, or replaces a file or link by one.
    ///
    /// @param site expects nothing, a file or a link; becomes a link
    /// @param reason why
    record PutLink(Site site, Reason reason) implements Single {}

    /// Sets modification time and execute bit; the content stays. Those of directories come last in a plan, because whatever
    /// is put into a directory changes its time.
    ///
    /// @param site a file or directory before and after
    /// @param reason why
    record SetAttributes(Site site, Reason reason) implements Single {}

    /// Renames a file, or a directory with all that is in it, known to base or not. Never replaces anything.
    ///
    /// @param from expects a file or directory; becomes nothing
    /// @param to expects nothing; becomes what was moved, with content, time and execute bit as they were at `from` unless
    /// its base entry says otherwise in fileId, author and vector alone
    /// @param carried for a directory: everything live in base below it, with old and new path; empty for a file
    /// @param way how
    /// @param reason why
    record Move(Site from, Site to, List<Carried> carried, Way way, Reason reason) implements Step {
        /// Copies the list.
        public Move {
            carried = List.copyOf(carried);
        }

        @Override
        public RelativePath path() {
            return to.path();
        }

        @Override
        public List<Site> sites() {
            List<Site> all = new ArrayList<>(2 + 2 * carried.size());
            all.add(from);
            all.add(to);
            carried.forEach(c -> {
                all.add(c.from());
                all.add(c.to());
            });
            return all;
        }
    }

    /// What a directory takes along.
    ///
    /// @param from below the old path
    /// @param to below the new path
    record Carried(Site from, Site to) {}

    /// How a thing is renamed.
    enum Way {
        /// The new name is free.
        FREE,
        /// This disk takes both names for one (`readme`, `README`), so the new name seems taken, by the thing itself.
        SAME_NAME
    }

    /// Takes a file or link away, into the trash.
    ///
    /// @param site expects a file or link; becomes nothing
    /// @param reason why
    record Remove(Site site, Reason reason) implements Single {}

    /// Takes an empty directory away. If the disk has something in it, known to base or not, the step is not carried out.
    ///
    /// @param site expects a directory; becomes nothing
    /// @param reason why
    record RemoveDirectory(Site site, Reason reason) implements Single {}

    /// Moves a file aside because its new place is not free yet; an [Unpark] of the same `from` follows. What is parked is
    /// user data: where the unparking does not come about, the file goes back or into the trash.
    ///
    /// @param site expects a file; becomes nothing, under the old vector
    /// @param reason why
    record Park(Site site, Reason reason) implements Single {}

    /// Puts a parked file in its place.
    ///
    /// @param from path at which it was parked; its base is not touched
    /// @param site expects nothing; becomes the file, as it was when it was parked
    /// @param reason why
    record Unpark(RelativePath from, Site site, Reason reason) implements Single {}

    /// Changes base alone: the disk shows already what the state says.
    ///
    /// @param site as it is and as it is to be recorded
    /// @param reason why
    record Rebind(Site site, Reason reason) implements Single {}

    /// @return whether another step at the same path must follow, so that base keeps the old vector: the first half of
    /// replacing a directory by a file, say
    default boolean isInterim() {
        return reason() instanceof Reason.MakesRoom;
    }

    /// @param entry an entry that is or was at a path
    /// @return a tombstone under the same vector: nothing is there, and that is no news
    static Entry goneUnderOldVector(Entry entry) {
        return new Entry(EntryKind.TOMBSTONE, entry.fileId(),
                new Content.None(), 0, 0, 0, entry.version(), entry.author(),
                entry.wallMillis(), Optional.empty());
    }
}
