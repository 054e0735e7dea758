package org.stratobox.sync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.stratobox.sync.api.Devices.Alarm;
import org.stratobox.sync.api.Devices.AlarmKind;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.engine.HeadJudge.Finding;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.TrustTable.RaisedAlarm;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.object.Certificates;
import org.stratobox.sync.object.HeadAcceptance;
import org.stratobox.sync.object.HeadVerdict;

/// Alarms in plain words, kept until their reason is gone or the user has read them (`format.md` 3.8).
final class TrustBook {
    private static final long DAY_MILLIS = 24L * 3600 * 1000;
    private static final int SIGHTINGS = 2;

    private final SyncIndex index;
    private final Certificates certificates;
    private final long now;

    TrustBook(SyncIndex index, Certificates certificates, long nowMillis) {
        this.index = index;
        this.certificates = certificates;
        now = nowMillis;
    }

    /// Raises what was found about heads, and settles what is over.
    void heads(Collection<Finding> findings) throws IndexException {
        Map<AlarmKind, Map<String, RaisedAlarm>> now = new HashMap<>();
        for (AlarmKind kind : List.of(AlarmKind.COPIED, AlarmKind.WITHHELD, AlarmKind.CLOCK_AHEAD,
                AlarmKind.FORGETFUL)) {
            now.put(kind, new HashMap<>());
        }
        for (Finding finding : findings) {
            boolean over = finding instanceof Finding.Forked && certificates.isSucceeded(finding.device());
            if (!over) {
                RaisedAlarm alarm = alarm(finding);
                now.getOrDefault(AlarmKind.valueOf(alarm.kind()), new HashMap<>()).put(alarm.id(), alarm);
            }
        }
        for (var kind : now.entrySet()) {
            replace(kind.getKey(), kind.getValue());
        }
    }

    /// The same sentences for who has no index, such as a restore.
    static List<String> words(Collection<Finding> findings, Certificates certificates) {
        List<String> words = new ArrayList<>();
        for (Finding finding : findings) {
            words.add(alarm(finding, certificates, 0).words());
        }
        return words;
    }

    private RaisedAlarm alarm(Finding finding) {
        return alarm(finding, certificates, now);
    }

    private static RaisedAlarm alarm(Finding finding, Certificates certificates, long now) {
        String who = certificates.label(finding.device());
        return switch (finding) {
            case Finding.Forked _ -> of(AlarmKind.COPIED, finding.device(), certificates, now,
                    "The device " + who
                            + " has published two different states under one number: it was copied, or its key was stolen."
                            + " What it says from there on is not merged until it goes on under a new identity; a copied device"
                            + " does that by itself. Nothing is lost. If it was stolen, remove it.");
            case Finding.Gap gap -> of(AlarmKind.WITHHELD, finding.device(), certificates, now,
                    "State " + gap.missing().seq()
                            + " of the device " + who
                            + " is served by no node that was reached, so its newer ones are not"
                            + " merged yet. Wait until all nodes are back. If that state is gone for good, acknowledge this"
                            + " alarm: the newer ones are merged then.");
            case Finding.Withheld _ -> of(AlarmKind.WITHHELD, finding.device(), certificates, now,
                    "A newer state of the device " + who
                            + " exists, but no node that was reached serves it. Add another node, or wait.");
            case Finding.Refused refused when refused.reason() == HeadVerdict.Reason.CLOCK_AHEAD -> of(
                    AlarmKind.CLOCK_AHEAD, finding.device(), certificates, now,
                    "The newest state by the device " + who
                            + " is dated more than a day in the future: the clock of this computer or of that device is"
                            + " wrong. It is merged when its time has come. Nothing is lost; please correct the clock.");
            case Finding.Refused _ -> of(AlarmKind.FORGETFUL, finding.device(), certificates, now,
                    "The device " + who
                            + " says that it has seen less than before, as if it had been set back to an old backup."
                            + " Its newest states are not merged; nothing is lost. Restart Stratobox on it.");
        };
    }

    private static RaisedAlarm of(AlarmKind kind, DeviceId device, Certificates certificates, long now,
            String words) {
        return new RaisedAlarm(kind.name().toLowerCase(java.util.Locale.ROOT) + "-" + device, kind.name(),
                certificates.device(device).map(d -> d.label()).orElse("unknown"), words, Optional.of(device), now,
                false, false);
    }

    void rolledBack(Set<DeviceId> devices) throws IndexException {
        Map<String, RaisedAlarm> alarms = new HashMap<>();
        for (DeviceId device : devices) {
            RaisedAlarm alarm = of(AlarmKind.ROLLED_BACK, device, certificates, now,
                    "The nodes do not serve the newest state of the"
                            + " device " + certificates.label(device)
                            + " any more, which they served before. It was put back"
                            + " from this computer. Run: stratobox check --repair");
            alarms.put(alarm.id(), alarm);
        }
        // what was put back is there at the next look: such an alarm stays until it was read
        raise(alarms.values());
    }

    /// @param answered nodes that could be judged
    /// @param stale those that list less than they had
    void staleNodes(Set<NodeId> answered, Set<NodeId> stale, Map<NodeId, String> addresses) throws IndexException {
        Set<RaisedAlarm> alarms = new java.util.HashSet<>();
        Set<String> over = new TreeSet<>();
        for (NodeId node : answered) {
            if (stale.contains(node)) {
                index.trust().sighted(node, now);
            }
            String id = "stale_node-" + node;
            int seen = index.trust().sightings(node, now - DAY_MILLIS);
            String address = addresses.getOrDefault(node, "unknown");
            if (seen >= SIGHTINGS) {
                alarms.add(new RaisedAlarm(id, AlarmKind.STALE_NODE.name(), address, "The node " + address
                        + " lists less than it had taken, again and again: its disk may be failing, it was set back to a"
                        + " backup, or it hides states. Other nodes have them. Replace it if this goes on.",
                        Optional.empty(), now, false, false));
            } else if (seen == 0) {
                over.add(id);
            }
        }
        raise(alarms);
        for (String id : over) {
            index.trust().settle(id);
        }
    }

    /// @return the words
    String newIdentity(DeviceId successor, String old, String label) throws IndexException {
        String words = "This computer goes on as \"" + label + "\": the home of \"" + old
                + "\" was restored from a backup or"
                + " copied, and its identity is used elsewhere. Nothing is lost. If you did neither, somebody"
                + " else may have its keys: remove \"" + old + "\" from your devices.";
        raise(List.of(new RaisedAlarm("new_identity-" + successor, AlarmKind.NEW_IDENTITY.name(), label, words,
                Optional.of(successor), now, false, false)));
        return words;
    }

    StratoboxException thisDeviceWasRemoved(DeviceId device) throws IndexException {
        String words = "This device was removed from the account. Its files stay on this computer and are not synced any"
                + " more. To join again, set it up in a new home with the phrase: stratobox init";
        raise(List.of(of(AlarmKind.REMOVED, device, certificates, now, words)));
        return new StratoboxException(Reason.FAILED, words);
    }

    private void replace(AlarmKind kind, Map<String, RaisedAlarm> alarms) throws IndexException {
        for (RaisedAlarm open : index.trust().alarms()) {
            if (open.kind().equals(kind.name()) && !open.settled() && !alarms.containsKey(open.id())) {
                index.trust().settle(open.id());
            }
        }
        raise(alarms.values());
    }

    private void raise(Collection<RaisedAlarm> alarms) throws IndexException {
        for (RaisedAlarm alarm : alarms) {
            index.trust().raise(alarm);
        }
    }

    /// The wall clock orders concurrent versions, so one that is far off is said, never silently believed.
    Optional<String> ownClock(Optional<Long> lastOwnMillis) {
        return lastOwnMillis.filter(last -> last - now > HeadAcceptance.MAX_AHEAD_MILLIS)
                .map(_ -> "The newest state by this device itself is dated more than a day in the future: the clock of"
                        + " this computer was wrong then or is wrong now. Nothing is lost; please correct it.");
    }

    /// Sentences of what is open and not read, but for what the user is told otherwise.
    List<String> openWords() throws IndexException {
        return open(index).stream().filter(a -> a.kind() != AlarmKind.NEW_IDENTITY).map(Alarm::words).toList();
    }

    static List<Alarm> open(SyncIndex index) throws IndexException {
        List<Alarm> open = new ArrayList<>();
        for (RaisedAlarm alarm : index.trust().alarms()) {
            if (!alarm.settled() && !alarm.acknowledged()) {
                open.add(new Alarm(alarm.id(), AlarmKind.valueOf(alarm.kind()), alarm.subject(), alarm.words(),
                        alarm.sinceMillis()));
            }
        }
        return open;
    }

    /// Devices about which something is open, read or not: they are held.
    static Set<DeviceId> held(SyncIndex index) throws IndexException {
        Set<DeviceId> held = new TreeSet<>();
        for (RaisedAlarm alarm : index.trust().alarms()) {
            boolean holds = !alarm.kind().equals(AlarmKind.NEW_IDENTITY.name())
                    && !alarm.kind().equals(AlarmKind.ROLLED_BACK.name());
            if (!alarm.settled() && holds) {
                alarm.device().ifPresent(held::add);
            }
        }
        return held;
    }

    /// Devices whose missing states the user has given up.
    static Set<DeviceId> allowedGaps(SyncIndex index) throws IndexException {
        Set<DeviceId> allowed = new TreeSet<>();
        for (RaisedAlarm alarm : index.trust().alarms()) {
            if (alarm.kind().equals(AlarmKind.WITHHELD.name()) && alarm.acknowledged() && !alarm.settled()) {
                alarm.device().ifPresent(allowed::add);
            }
        }
        return allowed;
    }
}
