package org.stratobox.sync.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.stratobox.sync.api.Stratobox.NodeSource;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;

/// Tries a place out: a scratch object is put, read, listed and taken away again, under the account's tag.
final class NodeProbe {
    private static final int SCRATCH = 1 << 20;

    private final EngineParts parts;
    private final DeviceKeys keys;

    NodeProbe(EngineParts parts, DeviceKeys keys) {
        this.parts = parts;
        this.keys = keys;
    }

    List<String> test(NodeSource source) throws StratoboxException {
        try (Mesh mesh = Mesh.open(parts, new Setup(parts).records(List.of(source)), keys.epoch().accountTag())) {
            MeshNode node = mesh.nodes().getFirst();
            return probe(node);
        } catch (NodeException e) {
            throw new StratoboxException(e instanceof NodeException.Unreachable ? Reason.NO_NODE : Reason.USAGE,
                    "The node " + source.address() + " " + Sentences.of(e) + " (" + e.getMessage()
                            + "). Nothing of yours was changed.",
                    e);
        }
    }

    private List<String> probe(MeshNode node) throws NodeException {
        List<String> lines = new ArrayList<>();
        node.prepare();
        byte[] scratch = parts.entropy().bytes(SCRATCH);
        ObjectName name = ObjectName.of(scratch);
        long start = parts.ticker().nanos();
        node.put(Space.LOCK, name, ByteBuffer.wrap(scratch));
        lines.add("writes: yes, 1 MiB in " + millisSince(start) + " ms");
        start = parts.ticker().nanos();
        boolean right = Arrays.equals(scratch, node.get(Space.LOCK, name));
        lines.add(
                "reads: " + (right ? "yes, 1 MiB in " + millisSince(start) + " ms" : "NO, it gives back other bytes"));
        byte[] part = node.getRange(Space.LOCK, name, 1000, 2000);
        lines.add("reads parts: " + (Arrays.equals(part, Arrays.copyOfRange(scratch, 1000, 3000)) ? "yes" : "NO"));
        boolean listed = node.list(Space.LOCK).stream().anyMatch(o -> o.name().equals(name));
        lines.add("lists: " + (listed ? "yes" : "NO, it does not list what it has"));
        lines.add("removes: " + removes(node, name));
        node.usage().ifPresent(u -> lines.add("room: " + (u.free() >> 20) + " MiB free"));
        return lines;
    }

    private static String removes(MeshNode node, ObjectName name) throws NodeException {
        try {
            return node.delete(Space.LOCK, name) ? "yes" : "NO";
        } catch (NodeException.Refused e) {
            return "no, it only ever adds (good against theft, but space is never freed)";
        }
    }

    private long millisSince(long start) {
        return (parts.ticker().nanos() - start) / 1_000_000;
    }
}
