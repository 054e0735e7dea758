package org.stratobox.sync.reconcile;

import java.util.List;
import java.util.Optional;

import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

/// The step that an action comes to, with what it expects and what base becomes.
final class Steps {
    private Steps() {}

    static Step of(Action action) {
        Node node = action.node;
        Reason.By by = by(node);
        return switch (action.kind) {
            case REBIND -> new Step.Rebind(site(action), new Reason.Known());
            case CARRY -> carry(action);
            case MAKE -> new Step.MakeDirectory(site(action),
                    node.isDerived() ? new Reason.HoldsSomething() : new Reason.Created(by));
            case LINK -> new Step.PutLink(site(action), written(action));
            case PUT ->
                new Step.PutFile(site(action), Optional.ofNullable(node.copyOf).map(n -> n.path), written(action));
            case ATTRIBUTES, DIRECTORY_ATTRIBUTES ->
                new Step.SetAttributes(site(action), new Reason.AttributesChanged(by));
            case REMOVE -> remove(node);
            case MOVE, LEAVE -> throw new IllegalArgumentException("depends on whether it was parked");
        };
    }

    static Step park(Action leave) {
        Node node = leave.node;
        Optional<Entry> gone = node.base.map(Step::goneUnderOldVector);
        RelativePath arrival = leave.partner == null ? node.path : leave.partner.node.path;
        return new Step.Park(new Site(node.path, node.base, gone), new Reason.MakesRoom(arrival, by(node)));
    }

    static Step unpark(Action move) {
        return new Step.Unpark(move.source().path, destination(move), renamed(move));
    }

    static Step move(Action move) {
        Node from = move.source();
        return new Step.Move(new Site(from.path, from.base, from.vacated()), destination(move), List.of(),
                way(move), renamed(move));
    }

    /// After a parked file is in its new place base may say of the old one what the state says.
    static Step forget(Node node) {
        return new Step.Rebind(new Site(node.path, node.base.map(Step::goneUnderOldVector), node.last()),
                new Reason.Known());
    }

    private static Step carry(Action action) {
        Step.Carried top = action.carried.getFirst();
        return new Step.Move(top.from(), top.to(), action.carried.subList(1, action.carried.size()), way(action),
                renamed(action));
    }

    private static Step.Way way(Action move) {
        return move.sameName ? Step.Way.SAME_NAME : Step.Way.FREE;
    }

    private static Step remove(Node node) {
        Site site = new Site(node.path, node.base, node.vacated());
        Reason reason = node.shown.isPresent()
                ? new Reason.MakesRoom(node.path, by(node))
                : new Reason.Deleted(by(node));
        return node.isHere(EntryKind.DIRECTORY)
                ? new Step.RemoveDirectory(site, reason)
                : new Step.Remove(site, reason);
    }

    private static Site destination(Action move) {
        Node node = move.node;
        Entry moved = move.source().base.orElseThrow();
        return new Site(node.path, nothingHere(node), Optional.of(node.afterMove(moved)));
    }

    private static Optional<Entry> nothingHere(Node node) {
        return node.isHere() ? node.base.map(Step::goneUnderOldVector) : node.base;
    }

    private static Site site(Action action) {
        Node node = action.node;
        Optional<Entry> expected = node.base;
        if (action.afterMove && node.movesFrom != null) {
            expected = node.movesFrom.base.map(node::afterMove);
        } else if (action.kind == Action.Kind.DIRECTORY_ATTRIBUTES && !node.isHere(EntryKind.DIRECTORY)) {
            expected = node.shown;
        } else if (action == node.arrive && node.leave != null) {
            expected = nothingHere(node);
        }
        return new Site(node.path, expected, node.last());
    }

    private static Reason written(Action action) {
        Reason.By by = by(action.node);
        Optional<RelativePath> of = action.node.copyOf != null
                ? Optional.of(action.node.copyOf.path)
                : ConflictNames.original(action.node.path);
        if (of.isPresent() && !action.node.isHere() && !action.afterMove) {
            return new Reason.ConflictCopy(of.get(), by);
        }
        return action.node.isHere() || action.afterMove ? new Reason.Edited(by) : new Reason.Created(by);
    }

    private static Reason renamed(Action move) {
        RelativePath to = move.node.path;
        Optional<RelativePath> of = ConflictNames.original(to).filter(move.source().path::equals);
        return of.<Reason>map(path -> new Reason.ConflictCopy(path, by(move.node)))
                .orElseGet(() -> new Reason.Renamed(move.source().path, to, by(move.node)));
    }

    /// @return whether what is written here lost its name to another version
    static boolean isConflictCopy(Action action) {
        return action.kind == Action.Kind.PUT && ConflictNames.original(action.node.path).isPresent();
    }

    /// @return the author of what is shown, of the deletion, or else of what was there
    private static Reason.By by(Node node) {
        Entry entry = node.last().or(() -> node.base).orElseGet(node::derived);
        return new Reason.By(entry.author(), entry.wallMillis());
    }
}
