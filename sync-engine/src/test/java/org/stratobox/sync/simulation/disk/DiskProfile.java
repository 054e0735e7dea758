package org.stratobox.sync.simulation.disk;

import java.text.Normalizer;
import java.util.Locale;

import org.stratobox.sync.localfs.DiskTraits;

/// What a file system does with names, times and inodes.
///
/// @param name for the tally
/// @param traits as the product would find them out
/// @param reusesInodes whether the number of a deleted file goes to the next new one
public record DiskProfile(String name, DiskTraits traits, boolean reusesInodes) {
    /// A current Linux.
    public static final DiskProfile EXT4 = new DiskProfile("ext4",
            new DiskTraits(true, true, false, false, true, true, true, 1), true);
    /// A Linux whose clock for files ticks every 4 ms.
    public static final DiskProfile EXT4_TICKS = new DiskProfile("ext4-ticks",
            new DiskTraits(true, true, false, false, true, true, true, 4_000_000), true);
    /// A Mac: names without case, kept as they are.
    public static final DiskProfile APFS = new DiskProfile("apfs",
            new DiskTraits(true, true, true, true, true, true, true, 1), false);
    /// An old Mac: names in decomposed form, whole seconds.
    public static final DiskProfile HFS = new DiskProfile("hfs",
            new DiskTraits(false, false, true, true, true, true, true, 1_000_000_000), false);
    /// A memory stick.
    public static final DiskProfile FAT = new DiskProfile("fat",
            new DiskTraits(false, false, true, false, false, false, false, 2_000_000_000), false);
    /// A share of a network whose inode numbers mean nothing.
    public static final DiskProfile NETWORK = new DiskProfile("network",
            new DiskTraits(false, true, false, false, false, true, true, 10_000_000), false);

    /// @param name as somebody gives it
    /// @return as the disk keeps it
    String kept(String name) {
        return this.equals(HFS) ? Normalizer.normalize(name, Normalizer.Form.NFD) : name;
    }

    /// @param name as somebody gives it
    /// @return equal for names that are one on this disk
    String key(String name) {
        String form = traits.foldsForms() ? Normalizer.normalize(name, Normalizer.Form.NFC) : name;
        return traits.foldsCase() ? form.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : form;
    }

    /// @param nanos a time
    /// @return as the disk keeps it
    long tick(long nanos) {
        return Math.floorDiv(nanos, traits.mtimeGranularityNanos()) * traits.mtimeGranularityNanos();
    }

    /// @param nanos a time that a program sets
    /// @return as the disk keeps it: the ticks of a clock are no limit to that
    long given(long nanos) {
        return this.equals(EXT4_TICKS) ? nanos : tick(nanos);
    }

    @Override
    public String toString() {
        return name;
    }
}
