package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A step that is being planned, with what must be done before it.
final class Action {
    /// In the order in which steps are preferred.
    enum Kind {
        /// Base alone.
        REBIND,
        /// A directory with all that is in it is renamed.
        CARRY,
        /// A file comes to its place from another.
        MOVE,
        /// A directory is made.
        MAKE,
        /// A link is written.
        LINK,
        /// A file is fetched.
        PUT,
        /// Time and execute bit of a file.
        ATTRIBUTES,
        /// A file leaves its place because a [#MOVE], its partner, wants it elsewhere: by that move or, where the new place is
        /// not free yet, by being parked.
        LEAVE,
        /// A file or an empty directory is taken away.
        REMOVE,
        /// Time of a directory.
        DIRECTORY_ATTRIBUTES
    }

    final Kind kind;
    final Node node;
    final List<Action> needs = new ArrayList<>(2);
    final List<Step.Carried> carried = new ArrayList<>(0);
    /// Where a [Kind#MOVE] or [Kind#CARRY] comes from.
    @Nullable
    Node from;
    /// The two halves of a move; or the removal that only makes room, and what it makes room for.
    @Nullable
    Action partner;
    /// Both names of a move are one to this disk.
    boolean sameName;
    /// Puts the content of a file that was moved and edited, or sets its attributes, after the move.
    boolean afterMove;
    @Nullable
    Obstacle obstacle;
    /// Place of its step in the plan, -1 while it has none.
    int index = -1;
    /// Less comes first among actions of one kind.
    int urgency;
    boolean busy;
    boolean parked;

    Action(Kind kind, Node node) {
        this.kind = kind;
        this.node = node;
    }

    void need(@Nullable Action other) {
        if (other != null && other != this) {
            needs.add(other);
        }
    }

    Node source() {
        if (from == null) {
            throw new IllegalStateException("not a move");
        }
        return from;
    }

    boolean isDone() {
        return index >= 0;
    }
}
