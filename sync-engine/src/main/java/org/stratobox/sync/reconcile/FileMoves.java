package org.stratobox.sync.reconcile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Content;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;

/// Which files need not be fetched because they are on this disk already, under another name.
///
/// A file is moved if it does not stay what it is where it is: its path is deleted, becomes a directory, or becomes another
/// file. A file that is edited by others while its present content lives on elsewhere, which is what a conflict copy is, stays
/// in sight until it is replaced, and is copied.
final class FileMoves {
    private FileMoves() {}

    /// Sets where files go and come from.
    ///
    /// @param nodes after the directory moves
    static void decide(List<Node> nodes) {
        List<Node> wanted = nodes.stream().filter(FileMoves::isWanted).sorted(Nodes.PARENTS_FIRST).toList();
        if (wanted.isEmpty()) {
            return;
        }
        List<Node> leaving = nodes.stream()
                .filter(n -> n.isHere(EntryKind.FILE) && n.isContentLeaving() && n.isJoined())
                .sorted(Nodes.PARENTS_FIRST).toList();
        match(leaving, wanted, FileMoves::isMovable, FileMoves::sameFile);
        // Renamed and edited: the name follows at once, the content when it is fetched. Not to the name of a conflict copy: what
        // stands there may be this device's own, and a version written over old content would count as having seen it.
        match(leaving,
                wanted.stream().filter(n -> !n.isHere() && ConflictNames.original(n.path).isEmpty()).toList(),
                n -> n.shown.isEmpty(), FileMoves::fileId);
        match(leaving, wanted, n -> !n.isLeafShown(), FileMoves::bytes);
        copies(leaving, wanted);
    }

    /// @return whether a file is to be here that is not
    private static boolean isWanted(Node node) {
        return node.isShown(EntryKind.FILE) && (!node.isHere() || node.isContentLeaving()) && node.isJoined();
    }

    private static boolean isMovable(Node node) {
        return !node.isLeafShown()
                || !node.shown.orElseThrow().fileId().equals(node.base.orElseThrow().fileId());
    }

    /// A file by its id and content.
    private record Key(FileId id, Object content) {}

    private static Object sameFile(Node node, Entry entry) {
        return new Key(entry.fileId(), identity(entry.content()));
    }

    private static Object fileId(Node node, Entry entry) {
        return entry.fileId();
    }

    /// @return nothing for a file that lives in its entry: to write it is as cheap as to move it
    private static @Nullable Object bytes(Node node, Entry entry) {
        return entry.content() instanceof Content.Inline ? null : identity(entry.content());
    }

    private static Object identity(Content content) {
        return content instanceof Content.Inline ? content : content.identity();
    }

    private static void match(List<Node> leaving, List<Node> wanted, Predicate<Node> may,
            BiFunction<Node, Entry, @Nullable Object> key) {
        Map<Object, Deque<Node>> sources = new HashMap<>();
        for (Node node : leaving) {
            Object k = node.movesTo == null && may.test(node) ? key.apply(node, node.base.orElseThrow()) : null;
            if (k != null) {
                sources.computeIfAbsent(k, x -> new ArrayDeque<>(1)).add(node);
            }
        }
        for (Node node : sources.isEmpty() ? List.<Node>of() : wanted) {
            Object k = node.movesFrom == null ? key.apply(node, node.shown.orElseThrow()) : null;
            Node source = k == null ? null : sources.getOrDefault(k, new ArrayDeque<>(0)).poll();
            if (source != null) {
                source.movesTo = node;
                node.movesFrom = source;
            }
        }
    }

    /// Only to paths where nothing is, so that no two files wait for one another to be copied.
    private static void copies(List<Node> leaving, List<Node> wanted) {
        Map<Object, Node> sources = new HashMap<>();
        for (Node node : leaving) {
            Object k = node.movesTo == null && node.isLeafShown() ? bytes(node, node.base.orElseThrow()) : null;
            if (k != null) {
                sources.putIfAbsent(k, node);
            }
        }
        for (Node node : sources.isEmpty() ? List.<Node>of() : wanted) {
            Object k = node.movesFrom == null && !node.isHere() ? bytes(node, node.shown.orElseThrow()) : null;
            node.copyOf = k == null ? null : sources.get(k);
        }
    }
}
