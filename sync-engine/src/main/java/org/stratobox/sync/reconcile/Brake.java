package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// Never carries a mass deletion on by accident (`sync.md` 4). A pure judgement: it neither waits nor remembers.
///
/// Counted are files and links that would be deleted, and those in whose place another file or a directory would be; edits
/// of a file, renames and directories are not.
///
/// @param limits from when on
public record Brake(Limits limits) {
    /// When a pass takes away too much: more than `files`, or more than `percent` of the folder, whichever is less, but never
    /// as few as `floor` or less.
    ///
    /// @param files a number of files
    /// @param percent of the folder's files, 0 to 100
    /// @param floor so many are always let through
    public record Limits(int files, int percent, int floor) {
        /// What a folder starts with.
        public static final Limits USUAL = new Limits(50, 20, 10);

        /// Nothing is ever held.
        public static final Limits OFF = new Limits(Integer.MAX_VALUE, 100, Integer.MAX_VALUE);

        /// @param total files of the folder before the pass
        /// @return how many may be taken away without asking
        public long allowed(long total) {
            return Math.max(floor, Math.min(files, total * percent / 100));
        }
    }

    /// Judges what others did.
    ///
    /// @param plan to be carried out
    /// @param files how many files the folder has in base
    /// @param released held sets that a person let through
    /// @return what of the plan may go on; creations and edits always may
    public Held.Split inbound(Plan plan, long files, Set<Held.Id> released) {
        List<Stake> stakes = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            Stake.of(i, plan.steps().get(i).step()).ifPresent(stakes::add);
        }
        Optional<Held> held = judge(stakes, files, released);
        return held.isEmpty()
                ? new Held.Split(plan, held, List.of())
                : HeldBack.split(plan, held.get(), stakes.stream().map(Stake::index).toList());
    }

    /// Judges what was done here before others hear of it.
    ///
    /// @param deleted paths found gone, with base as [Difference#base()] and their tombstones, if there are any, as state
    /// @param files how many files the folder has in base, the deleted ones included
    /// @param released held sets that a person let through
    /// @return the deletions to hold back, or empty if they may leave
    public Optional<Held> outbound(Collection<Difference> deleted, long files, Set<Held.Id> released) {
        List<Stake> stakes = new ArrayList<>();
        for (Difference d : deleted) {
            d.base().filter(e -> e.isLive() && e.kind() != EntryKind.DIRECTORY)
                    .ifPresent(
                            e -> stakes.add(new Stake(-1, d.path(), false, e.content().identity(), Optional.empty())));
        }
        return judge(stakes, files, released);
    }

    private Optional<Held> judge(List<Stake> stakes, long files, Set<Held.Id> released) {
        if (stakes.size() <= limits.allowed(files)) {
            return Optional.empty();
        }
        List<Stake> sorted = stakes.stream().sorted(Comparator.comparing(Stake::path)).toList();
        Held.Id id = id(sorted);
        if (released.contains(id)) {
            return Optional.empty();
        }
        Map<DeviceId, Integer> perDevice = new HashMap<>();
        sorted.forEach(s -> s.by().ifPresent(by -> perDevice.merge(by.device(), 1, Integer::sum)));
        return Optional.of(new Held(id, sorted.stream().filter(s -> !s.replaced()).map(Stake::path).toList(),
                sorted.stream().filter(Stake::replaced).map(Stake::path).toList(), perDevice, files));
    }

    private static Held.Id id(List<Stake> sorted) {
        StringBuilder all = new StringBuilder();
        for (Stake stake : sorted) {
            // no path holds NUL
            all.append(stake.path()).append('\0').append(stake.replaced()).append(stake.content().hex()).append('\0');
        }
        return new Held.Id(Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// A file that would be gone.
    ///
    /// @param index of its step in the plan
    /// @param replaced whether something else would be there
    /// @param content what would be gone
    /// @param by who caused it, unless this device
    private record Stake(int index, RelativePath path, boolean replaced, Digest256 content, Optional<Reason.By> by) {
        static Optional<Stake> of(int index, Step step) {
            return switch (step) {
                case Step.Remove remove -> Optional.of(stake(index, remove.site(), remove.reason()));
                case Step.PutFile put when isReplacement(put.site()) ->
                    Optional.of(stake(index, put.site(), put.reason()));
                case Step.PutLink put when isReplacement(put.site()) ->
                    Optional.of(stake(index, put.site(), put.reason()));
                default -> Optional.empty();
            };
        }

        private static Stake stake(int index, Site site, Reason reason) {
            boolean replaced = !(reason instanceof Reason.Deleted);
            return new Stake(index, site.path(), replaced, site.expected().orElseThrow().content().identity(),
                    by(reason));
        }

        /// Another file in the place of this one is no edit of it.
        private static boolean isReplacement(Site site) {
            return site.expectsSomething()
                    && !site.expected().map(Entry::fileId).equals(site.becomes().map(Entry::fileId));
        }

        private static Optional<Reason.By> by(Reason reason) {
            return switch (reason) {
                case Reason.Deleted(Reason.By by) -> Optional.of(by);
                case Reason.Edited(Reason.By by) -> Optional.of(by);
                case Reason.MakesRoom(RelativePath arrival, Reason.By by) -> Optional.of(by);
                default -> Optional.empty();
            };
        }
    }
}
