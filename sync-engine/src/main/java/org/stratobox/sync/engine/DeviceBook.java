package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.key.MasterKeys;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.WalletSeed;
import org.stratobox.sync.api.Devices;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.object.Certificates;
import org.stratobox.sync.object.DeviceRecord;
import org.stratobox.sync.object.Head;

/// The devices of an open account. Holds the session's monitor for every call.
final class DeviceBook implements Devices {
    private static final long DORMANT_MILLIS = 7L * 24 * 3600 * 1000;
    private static final int LABEL_BYTES = 1024;

    private final Session session;

    DeviceBook(Session session) {
        this.session = session;
    }

    @Override
    public List<DeviceView> list() throws StratoboxException {
        synchronized (session) {
            return session.guarded(() -> views(session.refresh()));
        }
    }

    private List<DeviceView> views(AccountState state) throws IndexException {
        List<DeviceView> views = new ArrayList<>();
        Set<DeviceId> held = TrustBook.held(session.index());
        for (DeviceRecord device : state.records().devices().values()) {
            boolean isThis = device.device().equals(session.keys().device());
            Optional<Head> newest = isThis
                    ? state.chain().own()
                    : Optional.ofNullable(state.newestMergeable().get(device.device()));
            views.add(new DeviceView(device.device().toString(), device.label(), isThis,
                    newest.map(Head::wallMillis).orElse(0L), newest.map(Head::seq).orElse(0L),
                    state(device.device(), newest, state.records().certificates(), held)));
        }
        views.sort(Comparator.comparing((DeviceView v) -> !v.isThis()).thenComparing(DeviceView::label)
                .thenComparing(DeviceView::id));
        return views;
    }

    private State state(DeviceId device, Optional<Head> newest, Certificates certificates, Set<DeviceId> held) {
        if (certificates.revoked().containsKey(device)) {
            return State.REMOVED;
        }
        if (certificates.isSucceeded(device)) {
            return State.RESTING;
        }
        if (held.contains(device)) {
            return State.HELD;
        }
        long oldest = session.parts().clock().millis() - DORMANT_MILLIS;
        return newest.filter(h -> h.wallMillis() >= oldest).isPresent() ? State.ACTIVE : State.DORMANT;
    }

    @Override
    public void rename(String device, String label, Mnemonic phrase) throws StratoboxException {
        if (label.isBlank() || label.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LABEL_BYTES) {
            throw new StratoboxException(Reason.USAGE, "A device's name has 1 to 1024 bytes. Nothing was changed.");
        }
        synchronized (session) {
            withRoot(phrase, (master, root) -> {
                AccountState state = session.refresh();
                DeviceRecord named = find(device, state.records());
                if (state.records().devices().values().stream()
                        .anyMatch(d -> d.label().equals(label) && !d.device().equals(named.device()))) {
                    throw new StratoboxException(Reason.USAGE,
                            "Another device is called \"" + label + "\" already. Nothing was changed.");
                }
                long now = Math.max(session.parts().clock().millis(), named.createdMillis() + 1);
                new AccountWriter(session.keys(), session.mesh(), now).rename(root, new DeviceRecord(named.device(),
                        named.verifyKey(), named.kemKey(), now, label, named.epoch(), named.accountId()));
                return true;
            });
        }
    }

    @Override
    public Removal remove(String device, Mnemonic phrase) throws StratoboxException {
        synchronized (session) {
            return withRoot(phrase, (master, root) -> {
                AccountState state = session.refresh();
                Certificates certificates = state.records().certificates();
                Set<DeviceId> gone = new TreeSet<>(certificates.family(find(device, state.records()).device()));
                if (gone.contains(session.keys().device())) {
                    throw new StratoboxException(Reason.USAGE, gone.size() == 1
                            ? "This is the device itself; remove it from another one. Nothing was changed."
                            : "This computer and that device come from one home that was copied, so they share keys."
                                    + " Remove it from another device, or set this one up anew first. Nothing was"
                                    + " changed.");
                }
                if (certificates.revoked().keySet().containsAll(gone)) {
                    throw new StratoboxException(Reason.USAGE,
                            "That device was removed before. Nothing was changed.");
                }
                return new EpochMove(session).remove(state, gone, master, root);
            });
        }
    }

    private interface RootWork<T> {
        T run(MasterKeys master, RootIdentity root) throws StratoboxException, IndexException,
                org.stratobox.sync.pack.PackException, org.stratobox.sync.history.HistoryException,
                InterruptedException;
    }

    private <T> T withRoot(Mnemonic phrase, RootWork<T> work) throws StratoboxException {
        try (WalletSeed seed = phrase.seed(new char[0]);
                MasterKeys master = MasterKeys.fromSeed(seed.expose());
                RootIdentity root = RootIdentity.of(master.rootSigningSeed())) {
            if (!root.publicKey().equals(session.keys().root())) {
                throw new StratoboxException(Reason.WRONG_SECRET,
                        "These words are of another account. Nothing was changed.");
            }
            return session.guarded(() -> work.run(master, root));
        }
    }

    private static DeviceRecord find(String device, AccountRecords records) throws StratoboxException {
        List<DeviceRecord> found = records.devices().values().stream()
                .filter(d -> d.device().toString().equals(device)).toList();
        if (found.isEmpty()) {
            found = records.devices().values().stream()
                    .filter(d -> d.label().equals(device) && !records.revocations().containsKey(d.device())).toList();
        }
        if (found.size() != 1) {
            throw new StratoboxException(Reason.USAGE, found.isEmpty()
                    ? "There is no device \"" + device + "\" in this account. Nothing was changed."
                    : "Several devices are called \"" + device + "\"; name one by its id. Nothing was changed.");
        }
        return found.getFirst();
    }

    @Override
    public List<Alarm> alarms() throws StratoboxException {
        synchronized (session) {
            return session.guarded(() -> TrustBook.open(session.index()));
        }
    }

    @Override
    public void acknowledge(String id) throws StratoboxException {
        synchronized (session) {
            session.guarded(() -> {
                if (TrustBook.open(session.index()).stream().noneMatch(a -> a.id().equals(id))) {
                    throw new StratoboxException(Reason.USAGE, "There is no open alarm \"" + id + "\".");
                }
                session.index().trust().acknowledge(id);
                return true;
            });
        }
    }
}
