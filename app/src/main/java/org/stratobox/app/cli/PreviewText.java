package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.stream.Collectors;

import org.stratobox.sync.api.RestorePreview;
import org.stratobox.sync.api.RestorePreview.FolderSummary;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is shown before the first file is written.
///
/// @param preview what the nodes hold
/// @param nowMillis the present, for ages
record PreviewText(RestorePreview preview, long nowMillis) implements Answer {
    @Override
    public void human(PrintStream out) {
        out.println("Account " + preview.fingerprint() + ", "
                + (preview.folders().isEmpty()
                        ? "no folder yet"
                        : "folders: " + preview.folders().stream().map(FolderSummary::name).map(Figures::printable)
                                .collect(Collectors.joining(", "))));
        Table devices = new Table("DEVICE", "NEWEST STATE");
        preview.devices().forEach(d -> devices.row(d.label(), Figures.age(d.newestMillis(), nowMillis)));
        devices.print(out);
        Table nodes = new Table("NODE", "STATE");
        preview.nodes().forEach(n -> nodes.row(n.address(), n.reachable() ? n.state() : "not reachable: " + n.state()));
        nodes.print(out);
        preview.warnings().forEach(w -> out.println("Note: " + Figures.printable(w)));
        out.println();
    }

    @Override
    public void json(ObjectNode json) {
        json.put("fingerprint", preview.fingerprint());
        ArrayNode devices = json.putArray("devices");
        preview.devices().forEach(d -> devices.addObject().put("label", d.label()).put("sequence", d.sequence())
                .put("newestMillis", d.newestMillis()));
        ArrayNode folders = json.putArray("folders");
        preview.folders().forEach(f -> folders.addObject().put("name", f.name()));
        ArrayNode nodes = json.putArray("nodes");
        preview.nodes().forEach(n -> nodes.addObject().put("address", n.address()).put("reachable", n.reachable())
                .put("state", n.state()));
        preview.warnings().forEach(json.putArray("warnings")::add);
    }
}
