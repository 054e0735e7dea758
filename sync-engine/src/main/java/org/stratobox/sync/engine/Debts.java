package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable;
import org.stratobox.sync.index.PackIndexTable.CopyDebt;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.object.PackRecord;
import org.stratobox.sync.pack.Debt;
import org.stratobox.sync.pack.DebtOutcome;
import org.stratobox.sync.pack.PackException;

/// Pays what nodes are owed: shares and copies they did not take when everybody else did.
final class Debts {
    private final SyncIndex index;
    private final Mesh mesh;

    Debts(SyncIndex index, Mesh mesh) {
        this.index = index;
        this.mesh = mesh;
    }

    /// @return what is still owed
    long pay() throws IndexException, PackException, InterruptedException {
        PackIndexTable packs = index.packs();
        Map<Digest256, List<Debt.OfShare>> byPack = new LinkedHashMap<>();
        for (PackDebt debt : packs.debts()) {
            byPack.computeIfAbsent(debt.packId(), p -> new ArrayList<>())
                    .add(new Debt.OfShare(debt.packId(), debt.share(), debt.node()));
        }
        for (Map.Entry<Digest256, List<Debt.OfShare>> owed : byPack.entrySet()) {
            Optional<PackRecord> pack = packs.pack(owed.getKey());
            if (pack.isPresent()) {
                paid(mesh.store().payDebts(pack.get(), owed.getValue()));
            }
        }
        copies();
        return packs.debts().size() + (long) packs.copyDebts().size();
    }

    private void paid(DebtOutcome<Debt.OfShare> outcome) throws IndexException {
        index.transact(() -> {
            for (Debt.OfShare debt : outcome.paid()) {
                index.packs().removeDebt(new PackDebt(debt.packId(), debt.share(), debt.node()));
            }
        });
    }

    private void copies() throws IndexException, InterruptedException {
        List<Debt.OfCopy> owed = new ArrayList<>();
        for (CopyDebt debt : index.packs().copyDebts()) {
            Arrays.stream(Space.values()).filter(s -> s.directory().equals(debt.space())).findFirst()
                    .ifPresent(space -> owed.add(new Debt.OfCopy(space, debt.name(), debt.node())));
        }
        if (owed.isEmpty()) {
            return;
        }
        DebtOutcome<Debt.OfCopy> outcome = mesh.store().payCopies(owed);
        index.transact(() -> {
            for (Debt.OfCopy debt : outcome.paid()) {
                index.packs().removeCopyDebt(new CopyDebt(debt.space().directory(), debt.name(), debt.node()));
            }
        });
    }
}
