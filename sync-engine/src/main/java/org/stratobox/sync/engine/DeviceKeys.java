package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.envelope.Sealer;
import org.stratobox.crypto.envelope.Suite;
import org.stratobox.crypto.identity.DeviceIdentity;
import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.crypto.key.EpochKey;
import org.stratobox.crypto.key.LocalKey;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.object.NodeRecord;

/// The keys of an unlocked device, with what is sealed under them.
final class DeviceKeys implements AutoCloseable {
    /// The only folder epoch there is until a folder's keys are renewed.
    static final int FOLDER_EPOCH = 0;
    /// The suite a new account writes; readers accept both.
    static final Suite SUITE = Suite.AES_256_GCM;

    private final DeviceState state;
    private final EpochKey epoch;
    /// Epochs before, newest first.
    private final List<EpochKey> former;
    private final DeviceIdentity identity;
    private final Entropy entropy;

    DeviceKeys(DeviceState state, Entropy entropy) {
        this.state = state;
        this.entropy = entropy;
        epoch = EpochKey.of(state.epoch(), Secret.takeOwnership(state.epochSecret().exposeCopy()));
        former = new ArrayList<>();
        for (int i = state.former().size() - 1; i >= 0; i--) {
            former.add(EpochKey.of(i, Secret.takeOwnership(state.former().get(i).exposeCopy())));
        }
        identity = DeviceIdentity.restore(state.device().bytes(),
                Secret.takeOwnership(state.signingSeed().exposeCopy()),
                Secret.takeOwnership(state.kemSeed().exposeCopy()));
    }

    DeviceState state() {
        return state;
    }

    EpochKey epoch() {
        return epoch;
    }

    /// The current epoch and those before it, newest first. New objects are sealed in the first; all are read.
    List<EpochKey> epochs() {
        return epochs(epoch, former);
    }

    static List<EpochKey> epochs(EpochKey current, List<EpochKey> former) {
        List<EpochKey> all = new ArrayList<>(List.of(current));
        all.addAll(former);
        return all;
    }

    /// What the account's objects are filed under on nodes, newest first.
    List<byte[]> tags() {
        return epochs().stream().map(EpochKey::accountTag).toList();
    }

    DeviceIdentity identity() {
        return identity;
    }

    DeviceId device() {
        return state.device();
    }

    VerifyKey root() {
        return state.root();
    }

    Id16 accountId() {
        return Id16.of(RootIdentity.accountId(state.root()));
    }

    LocalKey indexKey() {
        return LocalKey.of(Secret.takeOwnership(state.indexKey().exposeCopy()));
    }

    List<NodeRecord> nodes() {
        return state.nodes();
    }

    Sealer accountSealer() {
        return new Sealer(epoch.accountScope(), SUITE, entropy);
    }

    Sealer headSealer() {
        return new Sealer(epoch.headScope(), SUITE, entropy);
    }

    FolderId folderId(String name) {
        return folderId(epochs(), name);
    }

    /// Ids of folders come from the first epoch for good: a folder stays the same folder when keys change.
    static FolderId folderId(List<EpochKey> epochs, String name) {
        return FolderId.of(epochs.getLast().folderId(name));
    }

    ScopeKey folderScope(FolderId folder) {
        return epoch.folderScope(folder.bytes(), FOLDER_EPOCH);
    }

    Sealer folderSealer(FolderId folder) {
        return new Sealer(folderScope(folder), SUITE, entropy);
    }

    @Override
    public void close() {
        identity.close();
        epoch.close();
        former.forEach(EpochKey::close);
        state.close();
    }
}
