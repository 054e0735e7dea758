package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// The paths a plan is about: those that differ, and directories that have to be made for them.
final class Nodes {
    static final Comparator<Node> PARENTS_FIRST = Comparator.comparing(node -> node.path);

    private final Map<RelativePath, Node> byPath = new HashMap<>();
    private final List<Node> all = new ArrayList<>();
    private final Surroundings around;

    Nodes(Collection<Difference> differences, Surroundings around) {
        this.around = around;
        for (Difference d : differences) {
            Node node = new Node(d.path(), d.base(), d.state());
            if (d.path().isRoot() || byPath.putIfAbsent(d.path(), node) != null) {
                throw new IllegalArgumentException("a path twice, or the folder itself");
            }
            all.add(node);
        }
        Set<RelativePath> seen = new HashSet<>();
        differences.stream().filter(d -> d.state().filter(Entry::isLive).isPresent())
                .forEach(d -> showAbove(d.path(), seen));
        all.sort(PARENTS_FIRST);
        all.forEach(this::link);
        all.forEach(this::decideShown);
    }

    /// @return all of them, those made later at the end
    List<Node> all() {
        return all;
    }

    @Nullable
    Node get(RelativePath path) {
        return byPath.get(path);
    }

    /// @return the node of a path to which a directory move brings something
    Node orMade(RelativePath path) {
        Node known = byPath.get(path);
        if (known != null) {
            return known;
        }
        Node made = made(path);
        made.shown = made.state.filter(Entry::isLive);
        link(made);
        return made;
    }

    private Node made(RelativePath path) {
        Node node = new Node(path, around.base(path), around.state(path));
        byPath.put(path, node);
        all.add(node);
        return node;
    }

    /// Marks, and where it is not on disk adds, every directory above a live entry.
    private void showAbove(RelativePath path, Set<RelativePath> seen) {
        Optional<RelativePath> above = path.parent();
        while (above.isPresent() && !above.get().isRoot() && seen.add(above.get())) {
            Node node = byPath.get(above.get());
            if (node == null && around.base(above.get()).filter(e -> e.kind() == EntryKind.DIRECTORY).isEmpty()) {
                node = made(above.get());
            }
            if (node != null) {
                node.showsBelow = true;
            }
            above = above.get().parent();
        }
    }

    private void link(Node node) {
        node.parent = byPath.get(node.path.parent().orElseThrow());
        if (node.parent != null) {
            node.parent.children.add(node);
        }
    }

    /// Parents are decided before: below what is not shown as a directory nothing is.
    private void decideShown(Node node) {
        if (node.state.isPresent() && node.state.get().isLive()) {
            node.shown = node.state;
        } else if (node.showsBelow || (node.isHere(EntryKind.DIRECTORY)
                && (node.parent == null || node.parent.isShown(EntryKind.DIRECTORY))
                && around.showsBelow(node.path))) {
            node.shown = Optional.of(node.derived());
        }
    }
}
