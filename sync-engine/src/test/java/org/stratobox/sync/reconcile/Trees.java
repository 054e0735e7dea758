package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.model.VersionVector;

/// Trees and plans as text. A tree is entries separated by `|`: `a=X#1` file `a` with content X and id 1, `d/#2` directory,
/// `l->t` link, `-a` tombstone; `!` at the end: executable; `^`: a newer version.
final class Trees {
    private Trees() {}

    static FolderState tree(String text, long counter) {
        Map<RelativePath, Entry> all = new HashMap<>();
        for (String word : text.isEmpty() ? new String[0] : text.split("\\|", -1)) {
            boolean newer = word.endsWith("^");
            String rest = newer ? word.substring(0, word.length() - 1) : word;
            VersionVector version = VersionVector.of(Entries.B, newer ? counter + 1 : counter);
            if (rest.startsWith("-")) {
                all.put(new RelativePath(rest.substring(1)), Entries.tombstone(version, Entries.B, 0));
            } else {
                live(all, rest, version);
            }
        }
        return new FolderState(all);
    }

    private static void live(Map<RelativePath, Entry> all, String word, VersionVector version) {
        int hash = word.indexOf('#');
        if (hash < 0) {
            String[] link = word.split("->", -1);
            all.put(new RelativePath(link[0]), entry(EntryKind.SYMLINK, new Content.Link(link[1]), 1, version, false));
            return;
        }
        boolean executable = word.endsWith("!");
        long id = Long.parseLong(word.substring(hash + 1, executable ? word.length() - 1 : word.length()));
        String what = word.substring(0, hash);
        if (what.endsWith("/")) {
            all.put(new RelativePath(what.substring(0, what.length() - 1)),
                    entry(EntryKind.DIRECTORY, new Content.None(), id, version, true));
        } else {
            int equal = what.lastIndexOf('=');
            all.put(new RelativePath(what.substring(0, equal)),
                    entry(EntryKind.FILE, chunk(what.substring(equal + 1)), id, version, executable));
        }
    }

    static Content chunk(String text) {
        Cid cid = new Cid(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        return new Content.Chunk(new Capability(cid, Secret.copyOf(new byte[32])));
    }

    private static Entry entry(EntryKind kind, Content content, long id, VersionVector version, boolean executable) {
        return new Entry(kind, Entries.id(id), content, kind == EntryKind.FILE ? 5000 : 0, 0,
                executable ? 0755 : 0644, version, Entries.B, 0, Optional.empty());
    }

    /// What the state says beyond base counts as newer.
    static FolderState after(FolderState base, String text) {
        Map<RelativePath, Entry> all = new HashMap<>(base.entries());
        tree(text, 2).entries().forEach((path, entry) -> {
            Entry before = base.entries().get(path);
            all.put(path, before != null && before.withVersion(entry.version()).equals(entry)
                    && entry.version().get(Entries.B) == 2 ? before : entry);
        });
        return new FolderState(all);
    }

    static String text(Plan plan) {
        return String.join(", ", plan.steps().stream().map(s -> text(s.step())).toList());
    }

    static List<String> postponed(Plan plan) {
        return plan.postponed().stream().map(p -> p.path() + " " + p.obstacle().getClass().getSimpleName()).toList();
    }

    private static String text(Step step) {
        return switch (step) {
            case Step.MakeDirectory make -> "mkdir " + make.path();
            case Step.PutFile put -> "put " + put.path() + put.copyOf().map(p -> " like " + p).orElse("");
            case Step.PutLink link -> "link " + link.path();
            case Step.SetAttributes set -> "set " + set.path();
            case Step.Move move -> "move " + move.from().path() + " to " + move.path()
                    + (move.carried().isEmpty() ? "" : " with " + move.carried().size())
                    + (move.way() == Step.Way.FREE ? "" : " same name");
            case Step.Remove remove -> "rm " + remove.path();
            case Step.RemoveDirectory remove -> "rmdir " + remove.path();
            case Step.Park park -> "park " + park.path();
            case Step.Unpark unpark -> "unpark " + unpark.from() + " to " + unpark.path();
            case Step.Rebind rebind -> "rebind " + rebind.path();
        };
    }
}
