package org.stratobox.sync.engine;

import java.util.Arrays;
import java.util.Optional;

import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.IndexException.Reason;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.DeviceId;

/// Opening the index of a home: one that is damaged, or of another account, is set aside and rebuilt by the next pass.
final class IndexFile {
    private static final String DEVICE = "device";
    private static final String NEXT = "next-device";
    private static final String CLEAN = "closed-cleanly";

    private IndexFile() {}

    static SyncIndex open(EngineParts parts, Home home, DeviceKeys keys) throws StratoboxException {
        try {
            Optional<SyncIndex> good = openIfGood(parts, home, keys);
            if (good.isPresent()) {
                return good.get();
            }
            home.setIndexAside();
            return openIfGood(parts, home, keys).orElseThrow(
                    () -> new IndexException(Reason.FAILED, "a new index is not usable"));
        } catch (IndexException e) {
            throw Sentences.of(e);
        }
    }

    private static Optional<SyncIndex> openIfGood(EngineParts parts, Home home, DeviceKeys keys)
            throws IndexException {
        SyncIndex index;
        try {
            index = parts.indexes().open(home.indexFile(), keys.indexKey());
        } catch (IndexException e) {
            if (e.reason() == Reason.UNUSABLE) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            if (isOurs(index, keys)) {
                return Optional.of(index);
            }
        } catch (IndexException e) {
            if (e.reason() != Reason.UNUSABLE) {
                index.close();
                throw e;
            }
        }
        index.close();
        return Optional.empty();
    }

    /// After an unclean stop the file is looked through before it is trusted.
    private static boolean isOurs(SyncIndex index, DeviceKeys keys) throws IndexException {
        Optional<byte[]> device = index.get(DEVICE);
        if (device.isEmpty()) {
            index.set(DEVICE, keys.device().bytes());
            return true;
        }
        boolean clean = index.get(CLEAN).filter(flag -> flag[0] == 1).isPresent();
        boolean same = Arrays.equals(device.get(), keys.device().bytes());
        boolean expected = index.get(NEXT).filter(next -> Arrays.equals(next, keys.device().bytes())).isPresent();
        if (!same && expected) {
            // the keystore was written, and the process ended before the index took the new name
            belongsTo(index, keys.device());
        }
        return (same || expected) && (clean || index.isSound());
    }

    /// The home is about to go on as another device: until [#belongsTo] the index is right for both.
    static void expect(SyncIndex index, DeviceId next) throws IndexException {
        index.setDurably(NEXT, next.bytes());
    }

    /// The index belongs to this device from now on. What it remembers of the own chain is forgotten; a head follows even if
    /// no file has changed.
    static void belongsTo(SyncIndex index, DeviceId device) throws IndexException {
        index.transact(() -> {
            index.set(DEVICE, device.bytes());
            index.set(OwnIdentity.BEING_PUT, new byte[Long.BYTES]);
            SyncPass.publishAnyway(index);
        });
    }

    /// @param index about to be written, or about to be closed
    /// @param clean whether everything is written
    static void markClean(SyncIndex index, boolean clean) throws IndexException {
        index.set(CLEAN, new byte[]{(byte) (clean ? 1 : 0)});
    }
}
