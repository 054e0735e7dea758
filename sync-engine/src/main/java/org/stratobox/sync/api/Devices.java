package org.stratobox.sync.api;

import java.util.List;

import org.stratobox.crypto.wallet.Mnemonic;

/// The devices of an account and how far they can be trusted (`format.md` 3.7, 3.8). Thread-safe; calls that ask the nodes
/// block and wait for a running pass.
public interface Devices {
    /// @return every device that ever belonged to the account, this one first, then by name; asks the nodes
    /// @throws StratoboxException with `NO_NODE` if none answers
    List<DeviceView> list() throws StratoboxException;

    /// Gives a device another name. Only the phrase can say what a device is called: the name is part of its certificate.
    ///
    /// @param device id or name as shown by [#list()]
    /// @param label the new name, not empty, at most 1 024 bytes of UTF-8
    /// @param phrase the account's words
    /// @throws StratoboxException with `USAGE` if there is no such device, or several of that name, or another device has
    ///         the new name; `WRONG_SECRET` if the words are of another account
    void rename(String device, String label, Mnemonic phrase) throws StratoboxException;

    /// Removes another device: what it says from now on is ignored, and everything written from now on is sealed with keys
    /// it does not have. It keeps what is on its disk, and can still read what it could read before. The other devices
    /// follow by themselves at their next pass.
    ///
    /// @param device id or name as shown by [#list()]
    /// @param phrase the account's words
    /// @return what was done
    /// @throws StratoboxException with `USAGE` if there is no such device or it is this one; `WRONG_SECRET` if the words
    ///         are of another account. Nothing was changed then
    Removal remove(String device, Mnemonic phrase) throws StratoboxException;

    /// @return what was noticed about devices and nodes and is not settled, oldest first; asks nobody
    /// @throws StratoboxException if the index cannot be read
    List<Alarm> alarms() throws StratoboxException;

    /// The user has read an alarm. It is not shown again unless it happens anew; a device that was copied stays held until
    /// it is removed or goes on under a new identity.
    ///
    /// @param id [Alarm#id()]
    /// @throws StratoboxException with `USAGE` if there is no such alarm
    void acknowledge(String id) throws StratoboxException;

    /// A device.
    ///
    /// @param id 32 hexadecimal digits
    /// @param label its name
    /// @param isThis whether it is the device that is asked
    /// @param lastMillis when it published last by its own clock, milliseconds since 1970; 0 if never
    /// @param seq number of its newest accepted head; 0 if it has none
    /// @param state what it is
    record DeviceView(String id, String label, boolean isThis, long lastMillis, long seq, State state) {}

    /// What a device is.
    enum State {
        /// It publishes.
        ACTIVE,
        /// Its newest head is older than 7 days, or it has none.
        DORMANT,
        /// Something it said is not merged: see the alarms.
        HELD,
        /// It goes on under a new identity; this one is left to rest.
        RESTING,
        /// It was removed from the account.
        REMOVED
    }

    /// What a removal did.
    ///
    /// @param epoch number of the account's keys from now on
    /// @param following devices that will take the new keys at their next pass
    /// @param debts nodes that could not be told yet; the next passes tell them
    record Removal(int epoch, int following, long debts) {}

    /// Something about devices or nodes that the user should know (`format.md` 3.8).
    ///
    /// @param id stable name of this alarm
    /// @param kind what it is
    /// @param subject the device or node, as the user knows it
    /// @param words what happened, whether data is safe, what to do; a sentence or two
    /// @param sinceMillis first noticed, milliseconds since 1970
    record Alarm(String id, AlarmKind kind, String subject, String words, long sinceMillis) {}

    /// Kinds of alarms.
    enum AlarmKind {
        /// One device published two histories: it was copied, or its key was stolen.
        COPIED,
        /// Somebody has seen a newer state than any node serves, or a state in between is missing.
        WITHHELD,
        /// The nodes served a state before and do not any more.
        ROLLED_BACK,
        /// A node lists less than others, again and again.
        STALE_NODE,
        /// A device's clock is more than 24 hours ahead of this one's.
        CLOCK_AHEAD,
        /// A device says that it has seen less than it had before.
        FORGETFUL,
        /// This device goes on under a new identity.
        NEW_IDENTITY,
        /// This device was removed from the account.
        REMOVED
    }
}
