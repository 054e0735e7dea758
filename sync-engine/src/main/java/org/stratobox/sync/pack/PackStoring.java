package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.object.StoredShare;
import org.stratobox.sync.pack.coding.CodingProfile;

/// Stores packs: code, place, put.
final class PackStoring {
    private final Mesh mesh;
    private final MeshStore.Tools tools;

    PackStoring(Mesh mesh, MeshStore.Tools tools) {
        this.mesh = mesh;
        this.tools = tools;
    }

    StoredPack store(FinishedPack pack, CodingProfile profile) throws PackException.NotSafe, InterruptedException {
        List<NodeLink> places = mesh.placesFor(pack.id());
        int n = profile.n();
        if (n > places.size()) {
            throw new IllegalArgumentException(n + " shares need as many failure domains, not " + places.size());
        }
        try (EncodedPack encoded = EncodedPack.encode(pack, profile, tools)) {
            List<Upload.Part> parts = new ArrayList<>();
            for (CodedShare share : encoded.shares()) {
                parts.add(new Upload.Part(share.index(), share.name(), share.bytes(), places.get(share.index())));
            }
            Upload.Goal goal = new Upload.Goal(profile.safeShares(), node -> node.spec().domain());
            Upload upload = new Upload(tools, new Upload.Subject(Space.DATA, pack.id()), goal,
                    places.subList(n, places.size()));
            Upload.Result result = upload.run(parts);
            if (result.units() < goal.needed()) {
                throw new PackException.NotSafe(result.units(), goal.needed(), result.failures());
            }
            return stored(pack, profile, encoded.shares(), places, result);
        }
    }

    private static StoredPack stored(FinishedPack pack, CodingProfile profile, List<CodedShare> coded,
            List<NodeLink> places, Upload.Result result) {
        List<StoredShare> shares = new ArrayList<>();
        List<Debt.OfShare> debts = new ArrayList<>();
        for (CodedShare share : coded) {
            NodeLink stored = result.stored().get(share.index());
            NodeId node = (stored == null ? places.get(share.index()) : stored).id();
            shares.add(new StoredShare(share.index(), share.name(), node, share.merkleRoot()));
            if (stored == null) {
                debts.add(new Debt.OfShare(pack.id(), share.index(), node));
            }
        }
        PackRecord record = new PackRecord(pack.id(), pack.length(), profile.k(), profile.n(), shares, pack.items());
        return new StoredPack(record, debts);
    }
}
