package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.crypto.identity.RootIdentity;
import org.stratobox.crypto.identity.VerifyKey;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;

/// Who may speak (`format.md` 3.7): devices the root certified, and those that go on for one of them. Pure.
///
/// @param accountId which account
/// @param devices certified devices with their newest records
/// @param successions by the new device; only those whose old device is certified and signed them
/// @param revoked whose heads do not count, and after which one
public record Certificates(Id16 accountId, SortedMap<DeviceId, DeviceRecord> devices,
        SortedMap<DeviceId, Succession> successions, SortedMap<DeviceId, Revocation> revoked) {
    /// Copies the maps.
    public Certificates {
        devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
        successions = Collections.unmodifiableSortedMap(new TreeMap<>(successions));
        revoked = Collections.unmodifiableSortedMap(new TreeMap<>(revoked));
    }

    /// @param root the account's root key
    /// @param records device records as read; those the root did not sign count for nothing
    /// @param successions as read; those that no certified device signed count for nothing
    /// @param account valid account records
    /// @return who may speak
    public static Certificates of(VerifyKey root, Collection<Signed<DeviceRecord>> records,
            Collection<Signed<Succession>> successions, Collection<AccountRecord> account) {
        Id16 id = Id16.of(RootIdentity.accountId(root));
        SortedMap<DeviceId, DeviceRecord> devices = new TreeMap<>();
        Comparator<DeviceRecord> age = Comparator.comparingLong(DeviceRecord::createdMillis)
                .thenComparing(DeviceRecord::hash);
        records.stream().filter(r -> r.record().accountId().equals(id) && r.verify(root)).map(Signed::record)
                .forEach(r -> devices.merge(r.device(), r, (a, b) -> age.compare(a, b) >= 0 ? a : b));
        SortedMap<DeviceId, Succession> followed = follow(id, devices, successions);
        return new Certificates(id, devices, followed, spread(AccountRecord.revocations(account), followed));
    }

    /// Successors of successors come in any order, so this goes round until nothing is added.
    private static SortedMap<DeviceId, Succession> follow(Id16 account, SortedMap<DeviceId, DeviceRecord> devices,
            Collection<Signed<Succession>> successions) {
        SortedMap<DeviceId, Succession> followed = new TreeMap<>();
        List<Signed<Succession>> open = new ArrayList<>(successions);
        open.sort(Comparator.comparing(Signed::hash));
        boolean added = true;
        while (added) {
            added = false;
            for (Signed<Succession> signed : List.copyOf(open)) {
                Succession s = signed.record();
                DeviceRecord old = devices.get(s.old());
                if (old == null) {
                    continue;
                }
                open.remove(signed);
                if (s.successor().accountId().equals(account) && signed.verify(old.verifyKey())
                        && followed.putIfAbsent(s.successor().device(), s) == null) {
                    // a record by the root, for example with a new name, goes before
                    devices.putIfAbsent(s.successor().device(), s.successor());
                    added = true;
                }
            }
        }
        return followed;
    }

    /// A thief with a device's key could make successors: they fall with it.
    private static SortedMap<DeviceId, Revocation> spread(SortedMap<DeviceId, Revocation> revoked,
            SortedMap<DeviceId, Succession> successions) {
        SortedMap<DeviceId, Revocation> all = new TreeMap<>(revoked);
        boolean added = true;
        while (added) {
            added = false;
            for (Succession s : successions.values()) {
                DeviceId device = s.successor().device();
                if (all.containsKey(s.old()) && !all.containsKey(device)) {
                    all.put(device, new Revocation(device, ChainPoint.NONE));
                    added = true;
                }
            }
        }
        return all;
    }

    /// @param device any device
    /// @return its record if it is certified
    public Optional<DeviceRecord> device(DeviceId device) {
        return Optional.ofNullable(devices.get(device));
    }

    /// @param device any device
    /// @return its name in quotes, or that it is unknown
    public String label(DeviceId device) {
        return device(device).map(d -> "\"" + d.label() + "\"").orElse("unknown");
    }

    /// @param device any device
    /// @return whether another identity goes on for it
    public boolean isSucceeded(DeviceId device) {
        return successions.values().stream().anyMatch(s -> s.old().equals(device));
    }

    /// @param device any device
    /// @return it and everything that shares its origin: whoever has the keys of one may have those of all
    public SortedSet<DeviceId> family(DeviceId device) {
        Map<DeviceId, SortedSet<DeviceId>> groups = new HashMap<>();
        for (Succession s : successions.values()) {
            SortedSet<DeviceId> both = new TreeSet<>(List.of(s.old(), s.successor().device()));
            for (DeviceId member : List.of(s.old(), s.successor().device())) {
                both.addAll(groups.getOrDefault(member, new TreeSet<>()));
            }
            both.forEach(member -> groups.put(member, both));
        }
        return groups.getOrDefault(device, new TreeSet<>(List.of(device)));
    }
}
