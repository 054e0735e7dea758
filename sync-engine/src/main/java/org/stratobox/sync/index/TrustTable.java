package org.stratobox.sync.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.NodeId;

/// What this device remembers in order to judge others (`format.md` 3.8): where each device's chain was accepted last, what
/// was noticed, and which of its own counters each own head could name.
public interface TrustTable {
    /// @return sealed heads, the last accepted one of each device
    /// @throws IndexException if the index cannot be used
    Map<DeviceId, byte[]> accepted() throws IndexException;

    /// @param device who spoke
    /// @param envelope the sealed head that was accepted; replaces the one before
    /// @throws IndexException if the index cannot be used
    void accept(DeviceId device, byte[] envelope) throws IndexException;

    /// @return every alarm that was ever raised and not dropped
    /// @throws IndexException if the index cannot be used
    List<RaisedAlarm> alarms() throws IndexException;

    /// Raises an alarm, or raises it again after it was settled. One that is open keeps its time and whether it was read.
    ///
    /// @param alarm with its time; `acknowledged` and `settled` are ignored
    /// @throws IndexException if the index cannot be used
    void raise(RaisedAlarm alarm) throws IndexException;

    /// @param id of an alarm that the user has read
    /// @throws IndexException if the index cannot be used
    void acknowledge(String id) throws IndexException;

    /// @param id of an alarm whose reason is gone
    /// @throws IndexException if the index cannot be used
    void settle(String id) throws IndexException;

    /// @param node that listed less than it had confirmed
    /// @param wallMillis when, milliseconds since 1970
    /// @throws IndexException if the index cannot be used
    void sighted(NodeId node, long wallMillis) throws IndexException;

    /// @param node which node
    /// @param sinceMillis milliseconds since 1970
    /// @return how often it was sighted since then; older ones are forgotten
    /// @throws IndexException if the index cannot be used
    int sightings(NodeId node, long sinceMillis) throws IndexException;

    /// @param seq of an own head that is about to be put
    /// @param counter the highest of this device's counters in it
    /// @throws IndexException if the index cannot be used
    void counterAt(long seq, long counter) throws IndexException;

    /// @param seq of an own head
    /// @return the highest counter it could name, if that is remembered for it
    /// @throws IndexException if the index cannot be used
    OptionalLong counterAt(long seq) throws IndexException;

    /// Forgets the counters of own heads, when the device goes on under a new identity.
    ///
    /// @throws IndexException if the index cannot be used
    void forgetCounters() throws IndexException;

    /// An alarm as stored.
    ///
    /// @param id stable name
    /// @param kind name of its kind
    /// @param subject device or node as the user knows it
    /// @param words for the user
    /// @param device the device it is about, if it is about one
    /// @param sinceMillis first noticed, milliseconds since 1970
    /// @param acknowledged whether the user has read it
    /// @param settled whether its reason is gone
    record RaisedAlarm(String id, String kind, String subject, String words, Optional<DeviceId> device,
            long sinceMillis, boolean acknowledged, boolean settled) {}
}
