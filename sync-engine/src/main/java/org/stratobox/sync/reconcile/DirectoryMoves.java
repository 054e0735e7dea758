package org.stratobox.sync.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.FileId;

/// Directories that are renamed in one piece, whatever is in them. Decided one after the other, from the top down: after each
/// the nodes tell where things are *then*, so what else differs in a moved directory is put right at its new place.
final class DirectoryMoves {
    private static final int CHILDREN_ASKED = 32;

    private final Nodes nodes;
    private final Dirt dirt;
    private final Map<FileId, List<Node>> directories = new HashMap<>();
    private final Map<FileId, Node> files = new HashMap<>();
    private final List<Action> moves = new ArrayList<>();

    DirectoryMoves(Nodes nodes, Dirt dirt) {
        this.nodes = nodes;
        this.dirt = dirt;
    }

    /// @return the moves in an order in which they can be done
    List<Action> decide() {
        for (Node node : nodes.all()) {
            if (node.isHere(EntryKind.DIRECTORY) && node.shown.isEmpty()) {
                directories.computeIfAbsent(node.base.orElseThrow().fileId(), id -> new ArrayList<>(1)).add(node);
            } else if (node.isHere(EntryKind.FILE) && node.shown.isEmpty()) {
                files.putIfAbsent(node.base.orElseThrow().fileId(), node);
            }
        }
        if (!directories.isEmpty()) {
            List<Node> wanted = nodes.all().stream().filter(n -> n.isShown(EntryKind.DIRECTORY) && !n.isHere())
                    .toList();
            for (Node node : wanted) {
                Node source = source(node);
                if (source != null) {
                    carry(source, node);
                }
            }
        }
        return moves;
    }

    private @Nullable Node source(Node to) {
        if (to.isHere() || !to.isJoined() || dirt.atOrBelow(to.path) != null
                || to.children.stream().anyMatch(Node::isHere)) {
            return null;
        }
        for (Node candidate : directories.getOrDefault(to.shown.orElseThrow().fileId(), List.of())) {
            Node now = current(candidate);
            if (mayGo(now, to)) {
                return now;
            }
        }
        return sourceOfChildren(to);
    }

    /// A directory that is known under another id, or none, is recognised by a file in it.
    private @Nullable Node sourceOfChildren(Node to) {
        for (Node child : to.children.subList(0, Math.min(CHILDREN_ASKED, to.children.size()))) {
            Node known = child.isShown(EntryKind.FILE) ? files.get(child.shown.orElseThrow().fileId()) : null;
            Node now = known == null ? null : current(known);
            if (now != null && now.parent != null && now.isHere(EntryKind.FILE)
                    && now.path.name().equals(child.path.name()) && mayGo(now.parent, to)) {
                return now.parent;
            }
        }
        return null;
    }

    private static Node current(Node node) {
        Node now = node;
        while (now.wentTo != null) {
            now = now.wentTo;
        }
        return now;
    }

    private boolean mayGo(Node from, Node to) {
        return from.isHere(EntryKind.DIRECTORY) && from.shown.isEmpty() && !to.path.isBelow(from.path)
                && !dirt.isPiecemeal(from.path) && dirt.atOrBelow(from.path) == null && isJoined(from);
    }

    private static boolean isJoined(Node top) {
        Deque<Node> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (!node.isJoined()) {
                return false;
            }
            open.addAll(node.children);
        }
        return true;
    }

    /// What goes along.
    private record Trip(Node from, Node to) {}

    private void carry(Node top, Node to) {
        Action move = new Action(Action.Kind.CARRY, to);
        move.from = top;
        Deque<Trip> open = new ArrayDeque<>(List.of(new Trip(top, to)));
        while (!open.isEmpty()) {
            Trip trip = open.pop();
            carryOne(move, trip.from, trip.to);
            for (Node child : trip.from.children) {
                if (child.isHere()) {
                    open.push(new Trip(child, nodes.orMade(trip.to.path.child(child.path.name()))));
                } else {
                    // moved out before
                    move.need(child.took);
                }
            }
        }
        moves.add(move);
    }

    private static void carryOne(Action move, Node from, Node to) {
        Entry moved = to.afterMove(from.base.orElseThrow());
        move.carried.add(new Step.Carried(new Site(from.path, from.base, from.vacated()),
                new Site(to.path, to.base, Optional.of(moved))));
        if (from.carrier != null && (move.needs.isEmpty() || move.needs.getLast() != from.carrier)) {
            move.need(from.carrier);
        }
        from.base = from.vacated();
        from.took = move;
        from.wentTo = to;
        to.base = Optional.of(moved);
        to.carrier = move;
    }
}
