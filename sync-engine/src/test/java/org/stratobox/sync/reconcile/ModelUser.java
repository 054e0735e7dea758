package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.RelativePath;

/// Somebody who writes, deletes and renames at random, and remembers what was written and what was given up knowingly.
final class ModelUser {
    private static final List<String> NAMES = List.of("a", "b", "c", "a/x", "a/y", "b/x", "a/z", "a/z/q", "b/z", "ab",
            "a b",
            "b/z/q");
    final Set<Content> written = new HashSet<>();
    final Set<Content> givenUp = new HashSet<>();
    private final Random random;
    private long ids = 100;
    private int contents;

    ModelUser(Random random) {
        this.random = random;
    }

    void acts(ModelDisk disk) {
        List<RelativePath> there = new ArrayList<>(disk.things().keySet());
        RelativePath path = there.isEmpty() || random.nextInt(3) == 0
                ? new RelativePath(NAMES.get(random.nextInt(NAMES.size())))
                : there.get(random.nextInt(there.size()));
        int what = random.nextInt(100);
        if (what < 35) {
            write(disk, path);
        } else if (what < 47) {
            makeDirectory(disk, path);
        } else if (what < 60) {
            delete(disk, path);
        } else if (what < 92) {
            RelativePath to = random.nextBoolean() && !there.isEmpty()
                    ? there.get(random.nextInt(there.size()))
                    : new RelativePath(NAMES.get(random.nextInt(NAMES.size())));
            rename(disk, path, to);
        } else {
            touch(disk, path);
        }
    }

    private void write(ModelDisk disk, RelativePath path) {
        ModelDisk.Thing old = disk.at(path);
        if (!disk.hasDirectoryFor(path) || (old != null && old.kind() == EntryKind.DIRECTORY)) {
            return;
        }
        boolean link = random.nextInt(12) == 0;
        Content content = link ? new Content.Link("to" + ++contents) : content();
        written.add(content);
        if (old != null) {
            givenUp.add(old.content());
        }
        long size = content instanceof Content.Inline inline ? inline.length() : link ? 0 : 5000;
        FileId id = old != null && random.nextInt(4) > 0 ? old.id() : newId();
        disk.put(path, new ModelDisk.Thing(link ? EntryKind.SYMLINK : EntryKind.FILE, content, size, false,
                random.nextInt(3), id));
        disk.changedByUser.add(path);
    }

    private Content content() {
        int number = random.nextInt(10) > 0 ? ++contents : Math.max(1, contents);
        byte[] bytes = ("v" + number).getBytes(StandardCharsets.UTF_8);
        return random.nextBoolean()
                ? new Content.Inline(bytes)
                : new Content.Chunk(new Capability(new Cid(Sha256.of(bytes)), Secret.copyOf(new byte[32])));
    }

    private void makeDirectory(ModelDisk disk, RelativePath path) {
        if (disk.hasDirectoryFor(path) && disk.isFree(path)) {
            disk.put(path, new ModelDisk.Thing(EntryKind.DIRECTORY, new Content.None(), 0, true, 0, newId()));
            disk.changedByUser.add(path);
        }
    }

    private void delete(ModelDisk disk, RelativePath path) {
        if (disk.at(path) == null) {
            return;
        }
        List<RelativePath> all = new ArrayList<>(disk.below(path));
        all.add(path);
        for (RelativePath p : all) {
            givenUp.add(disk.take(p).content());
            disk.changedByUser.add(p);
        }
    }

    /// Where something is in the way both change places.
    private void rename(ModelDisk disk, RelativePath from, RelativePath to) {
        if (from.equals(to) || disk.at(from) == null || to.isBelow(from) || from.isBelow(to)
                || !disk.hasDirectoryFor(to)) {
            return;
        }
        RelativePath aside = new RelativePath("aside");
        boolean swap = disk.at(to) != null;
        if (swap) {
            disk.rename(to, aside);
        }
        disk.rename(from, to);
        if (swap) {
            disk.rename(aside, from);
        }
        for (RelativePath p : List.of(from, to)) {
            disk.changedByUser.add(p);
            disk.changedByUser.addAll(disk.below(p));
        }
        disk.base.keySet().stream().filter(p -> p.isBelow(from) || p.isBelow(to)).forEach(disk.changedByUser::add);
    }

    private void touch(ModelDisk disk, RelativePath path) {
        ModelDisk.Thing old = disk.at(path);
        if (old != null && old.kind() == EntryKind.FILE) {
            disk.put(path, new ModelDisk.Thing(old.kind(), old.content(), old.size(), random.nextBoolean(),
                    random.nextInt(1000), old.id()));
            disk.changedByUser.add(path);
        }
    }

    private FileId newId() {
        ids++;
        return new FileId(new Id16(ids, ids));
    }
}
