package org.stratobox.crypto.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.primitive.Hkdf;

/// `A_i`, the root of everything a device reads and writes during one account epoch (`format.md` 3.1). It reveals no other
/// epoch. Thread-safe until closed.
public final class EpochKey implements AutoCloseable {
    private static final int TAG = 16;

    private final int epoch;
    private final Secret secret;

    private EpochKey(int epoch, Secret secret) {
        this.epoch = epoch;
        this.secret = secret;
    }

    /// @param epoch number of the account epoch, from 0
    /// @param a32 32 bytes, copied
    /// @return the key
    /// @throws IllegalArgumentException if the epoch is negative or the length differs
    public static EpochKey of(int epoch, Secret a32) {
        if (epoch < 0 || a32.length() != 32) {
            throw new IllegalArgumentException("an epoch is not negative and its key has 32 bytes");
        }
        return new EpochKey(epoch, Secret.takeOwnership(a32.exposeCopy()));
    }

    /// @return number of the account epoch
    public int epoch() {
        return epoch;
    }

    /// For the keystore, which must write it down.
    ///
    /// @return a copy of `A_i`, 32 bytes; the caller closes it
    public Secret expose() {
        return Secret.takeOwnership(secret.exposeCopy());
    }

    /// @return `acctTag`, 16 bytes: what everything of this account is filed under on a node
    public byte[] accountTag() {
        return locate(Label.TAG_ACCOUNT.info());
    }

    /// @param deviceId16 id of a device, 16 bytes
    /// @return `devTag`, 16 bytes
    public byte[] deviceTag(byte[] deviceId16) {
        return locate(Label.TAG_DEVICE.info(deviceId16));
    }

    /// @return `H`, the scope of heads and device records
    public ScopeKey headScope() {
        return scope(Label.HEAD_SCOPE.info());
    }

    /// @return `M`, the scope of the account record, commits and plans
    public ScopeKey accountScope() {
        return scope(Label.ACCOUNT_SCOPE.info());
    }

    /// @param folderId16 id of a folder, 16 bytes
    /// @param folderEpoch its epoch, from 0
    /// @return `F`, the scope of everything in that folder
    public ScopeKey folderScope(byte[] folderId16, int folderEpoch) {
        return scope(Label.FOLDER_SCOPE.info(folderId16, ByteBuffer.allocate(4).putInt(folderEpoch).array()));
    }

    /// The id of the folder of that name. The same name gives the same id on every device, also on two that were set up
    /// without seeing one another, so that their folders meet.
    ///
    /// @param folderName name as the user wrote it; brought into NFC here
    /// @return 16 bytes
    public byte[] folderId(String folderName) {
        byte[] name = Normalizer.normalize(folderName, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        return expandBelow(Label.ACCOUNT_SCOPE.info(), Label.FOLDER_ID.info(Sha256.of(name).bytes()));
    }

    private byte[] locate(byte[] info) {
        return expandBelow(Label.LOCATOR.info(), info);
    }

    private byte[] expandBelow(byte[] parentInfo, byte[] info) {
        byte[] parent = derive(parentInfo);
        byte[] tag = Hkdf.expand(parent, info, TAG);
        Arrays.fill(parent, (byte) 0);
        return tag;
    }

    private ScopeKey scope(byte[] info) {
        try (Secret x = Secret.takeOwnership(derive(info))) {
            return ScopeKey.of(x);
        }
    }

    private byte[] derive(byte[] info) {
        byte[] a = secret.exposeCopy();
        byte[] out = Hkdf.expand(a, info, 32);
        Arrays.fill(a, (byte) 0);
        return out;
    }

    /// Zeroes the key; scopes taken from it live on.
    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "EpochKey[" + epoch + ", redacted]";
    }
}
