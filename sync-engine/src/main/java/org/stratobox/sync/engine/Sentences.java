package org.stratobox.sync.engine;

import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.history.HistoryException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.pack.NodeFailure;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.transfer.TransferException;

/// Failures of the layers below as sentences for the user: what happened, whether the data is safe, what to do.
final class Sentences {
    private Sentences() {}

    static String of(NodeException e) {
        return switch (e) {
            case NodeException.NotFound _ -> "does not have what was asked for";
            case NodeException.Refused _ -> "refuses: check its credentials and permissions";
            case NodeException.Full _ -> "is full";
            case NodeException.Throttled _ -> "asks to slow down";
            case NodeException.Unreachable _ -> "cannot be reached";
            case NodeException.Corrupt _ -> "answers with something that cannot be right";
            case NodeException.Foreign _ -> "holds something that is not a Stratobox node";
        };
    }

    static StratoboxException of(IndexException e) {
        return new StratoboxException(Reason.FAILED, switch (e.reason()) {
            case UNUSABLE -> "The local index is damaged. Nothing is lost: run the command again, it is rebuilt.";
            case DISK_FULL -> "The disk of the home is full. Nothing is lost: make room and run the command again.";
            case BUSY -> "The local index is in use by another program. Nothing is lost: try again.";
            case FAILED -> "The local index could not be used. Nothing is lost: run the command again.";
        }, e);
    }

    static StratoboxException of(HistoryException e) {
        return switch (e) {
            case HistoryException.IndexFailed i when i.getCause() instanceof IndexException cause -> of(cause);
            case HistoryException.Unreadable u -> new StratoboxException(Reason.NO_NODE,
                    "Too few nodes give the account's data back now. It may still be safe: try again when more nodes"
                            + " are there, or run: stratobox check",
                    u);
            default -> new StratoboxException(Reason.FAILED,
                    "Something of the account cannot be read from the nodes (" + e.getMessage()
                            + "). Nothing was changed; run: stratobox check",
                    e);
        };
    }

    static StratoboxException of(TransferException e, Mesh mesh) {
        return switch (e.getCause()) {
            case IndexException i -> of(i);
            case PackException.NotSafe n -> notSafe(n, mesh);
            case PackException p -> new StratoboxException(Reason.FAILED,
                    "Something stored on the nodes cannot be read now. Nothing was changed; run: stratobox check", p);
            case null, default -> new StratoboxException(Reason.FAILED,
                    "The pass failed. Nothing is lost; the next one goes on from here.", e);
        };
    }

    private static StratoboxException notSafe(PackException.NotSafe e, Mesh mesh) {
        StringBuilder text = new StringBuilder("Too few nodes took the data, so it is not safe yet.");
        boolean full = false;
        for (NodeFailure failure : e.failures()) {
            text.append(' ').append(mesh.addresses().getOrDefault(failure.node(), "A node")).append(' ')
                    .append(of(failure.cause())).append('.');
            full |= failure.cause() instanceof NodeException.Full;
        }
        text.append(" Your files are untouched and what was stored is kept; ")
                .append(full ? "make room or add a node, then" : "when the nodes are back,").append(" run sync again.");
        return new StratoboxException(Reason.NO_NODE, text.toString(), e);
    }
}
