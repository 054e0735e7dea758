package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;

/// Turns what differs into actions, and says which needs which.
final class Wiring {
    private final Surroundings around;
    private final List<Action> actions = new ArrayList<>();
    /// What was on the disk at first, by what the disk takes its path for.
    private final Map<String, Node> occupants = new HashMap<>();
    private final Map<String, Node> claims = new HashMap<>();

    Wiring(Surroundings around) {
        this.around = around;
    }

    /// @param nodes after directory moves and file moves were decided
    /// @param carries the directory moves
    /// @return everything to do, in no order; some of it with an obstacle
    List<Action> wire(List<Node> nodes, List<Action> carries) {
        actions.addAll(carries);
        nodes.forEach(this::act);
        nodes.stream().filter(n -> n.took != null).forEach(this::occupies);
        nodes.stream().filter(Node::isHere).forEach(this::occupies);
        nodes.forEach(this::needs);
        carries.forEach(this::arrival);
        return actions;
    }

    private void occupies(Node node) {
        occupants.putIfAbsent(around.place(node.path), node);
    }

    private Action add(Action.Kind kind, Node node) {
        Action action = new Action(kind, node);
        action.need(node.carrier);
        if (!node.isJoined()) {
            action.obstacle = new Obstacle.NotJoined();
        }
        actions.add(action);
        return action;
    }

    private void act(Node node) {
        if (node.shown.isEmpty()) {
            if (node.isHere()) {
                leave(node);
            } else if (!node.base.equals(node.state)) {
                add(Action.Kind.REBIND, node);
            }
        } else if (!node.isHere()) {
            arrive(node);
        } else if (isReplaced(node)) {
            leave(node);
            arrive(node);
        } else {
            stay(node);
        }
    }

    /// @return whether what is here has to go before what is wanted can come; a file or link is else replaced in one exchange
    private static boolean isReplaced(Node node) {
        return node.isHere(EntryKind.DIRECTORY) != node.isShown(EntryKind.DIRECTORY)
                || node.movesTo != null || node.movesFrom != null;
    }

    private void leave(Node node) {
        if (node.movesTo == null) {
            node.leave = add(Action.Kind.REMOVE, node);
            return;
        }
        Action leave = add(Action.Kind.LEAVE, node);
        Action move = new Action(Action.Kind.MOVE, node.movesTo);
        move.from = node;
        move.partner = leave;
        leave.partner = move;
        actions.add(move);
        node.leave = leave;
        node.movesTo.arrive = move;
    }

    private void arrive(Node node) {
        if (node.movesFrom != null) {
            // its action is made where the file leaves
            return;
        }
        Action.Kind kind = switch (node.shown.orElseThrow().kind()) {
            case DIRECTORY -> Action.Kind.MAKE;
            case SYMLINK -> Action.Kind.LINK;
            default -> Action.Kind.PUT;
        };
        node.arrive = add(kind, node);
        if (kind == Action.Kind.MAKE && !node.isDerived()) {
            add(Action.Kind.DIRECTORY_ATTRIBUTES, node).need(node.arrive);
        }
    }

    private void stay(Node node) {
        Entry base = node.base.orElseThrow();
        Entry shown = node.shown.orElseThrow();
        if (node.isLeafHere() && !base.sameContent(shown)) {
            node.arrive = add(shown.kind() == EntryKind.SYMLINK ? Action.Kind.LINK : Action.Kind.PUT, node);
        } else if (base.kind() == EntryKind.DIRECTORY && !node.isDerived()
                && base.mtimeMillis() != shown.mtimeMillis()) {
            add(Action.Kind.DIRECTORY_ATTRIBUTES, node);
        } else if (!Node.fits(base, shown)) {
            add(Action.Kind.ATTRIBUTES, node);
        } else if (node.isDerived() ? !base.version().equals(shown.version()) : !base.equals(shown)) {
            add(Action.Kind.REBIND, node);
        }
    }

    private void needs(Node node) {
        if (node.arrive != null) {
            arrival(node.arrive);
        }
        if (node.leave != null && node.leave.kind == Action.Kind.REMOVE && node.isLeafHere()) {
            node.leave.partner = node.arrive;
        }
        if (node.movesFrom != null) {
            afterMove(node, node.movesFrom);
        }
        if (node.copyOf != null) {
            beforeMainIsReplaced(node, node.copyOf);
        }
        if (node.leave != null && node.isHere(EntryKind.DIRECTORY)) {
            for (Node child : node.children) {
                node.leave.need(child.leave);
                node.leave.need(child.took);
            }
        }
    }

    private void arrival(Action action) {
        Node node = action.node;
        if (node.leave != null && action.kind != Action.Kind.CARRY) {
            action.need(node.leave);
        }
        if (node.isHere() && action.kind != Action.Kind.CARRY) {
            return;
        }
        makerOfParent(action, node.parent);
        namesake(action);
    }

    private static void makerOfParent(Action action, @Nullable Node parent) {
        if (parent == null) {
            return;
        }
        if (!parent.isShown(EntryKind.DIRECTORY)) {
            action.obstacle = new Obstacle.NotJoined();
        } else {
            action.need(parent.isHere(EntryKind.DIRECTORY) ? parent.carrier : parent.arrive);
        }
    }

    /// The disk may take the name for another's, which then has to leave first.
    private void namesake(Action action) {
        String place = around.place(action.node.path);
        Node first = claims.putIfAbsent(place, action.node);
        Node there = occupants.get(place);
        if (first != null && first != action.node) {
            action.obstacle = new Obstacle.NameClash(first.path);
        } else if (there == null) {
            around.occupant(action.node.path).ifPresent(o -> action.obstacle = new Obstacle.NameClash(o));
        } else if (there != action.node) {
            behind(action, there);
        }
    }

    private static void behind(Action action, Node there) {
        Action going = there.took != null ? there.took : there.leave;
        if (going == null) {
            action.obstacle = new Obstacle.NameClash(there.path);
        } else if (action.from == there) {
            action.sameName = true;
        } else {
            action.need(going);
        }
    }

    private void afterMove(Node node, Node source) {
        Entry moved = source.base.orElseThrow();
        Entry wanted = node.shown.orElseThrow();
        if (!Node.fits(moved, wanted)) {
            Action after = new Action(
                    moved.sameContent(wanted) ? Action.Kind.ATTRIBUTES : Action.Kind.PUT, node);
            after.afterMove = true;
            after.need(node.arrive);
            actions.add(after);
        }
    }

    private static void beforeMainIsReplaced(Node copy, Node main) {
        Action replaced = main.leave != null ? main.leave : main.arrive;
        if (replaced != null) {
            replaced.need(copy.arrive);
        }
    }
}
