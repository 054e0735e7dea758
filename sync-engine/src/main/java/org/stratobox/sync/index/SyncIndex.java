package org.stratobox.sync.index;

import java.util.Optional;

/// The local index: one file, one writer. Thread-safe: calls of several threads are serialised, and a transaction holds
/// off every other caller until it ends, so keep it short and never do network or disk work inside.
public interface SyncIndex extends AutoCloseable {
    /// Runs work as one transaction: all of it happened when this returns, or none of it.
    ///
    /// @param work what to do; may call anything of this index
    /// @throws IndexException if the work failed or could not be committed
    void transact(Work work) throws IndexException;

    /// As [#transact], and on the disk when this returns, with everything that was written before.
    ///
    /// @param work what to do; may call anything of this index
    /// @throws IndexException if the work failed or could not be committed
    void transactDurably(Work work) throws IndexException;

    /// @return the entries of synced folders
    EntryIndex entries();

    /// @return packs and what they hold
    PackIndexTable packs();

    /// @return what nodes have proven
    ProofTable proofs();

    /// @return what is not to be on this disk
    SelectionTable selection();

    /// @return up to where other devices were merged
    MergedTable merged();

    /// @return the journal of changes to users' disks
    IntentTable intents();

    /// @return what was displaced on users' disks
    TrashTable trash();

    /// @return heads that were accepted
    HeadTable heads();

    /// @return what changed the folders
    PassTable passes();

    /// @return what is remembered in order to judge devices and nodes
    TrustTable trust();

    /// @return plans to collect unused packs
    CollectorTable collector();

    /// @param key a name from the code, never user data
    /// @return the value stored under it
    /// @throws IndexException if the index cannot be used
    Optional<byte[]> get(String key) throws IndexException;

    /// @param key a name from the code, never user data
    /// @param value stored as it is
    /// @throws IndexException if the index cannot be used
    void set(String key, byte[] value) throws IndexException;

    /// As [#set], and on the disk when this returns, with everything that was written before. Other writes are atomic and in
    /// order, but a power cut may take the last of them back; they are all of a kind that is found out again.
    ///
    /// @param key a name from the code, never user data
    /// @param value stored as it is
    /// @throws IndexException if the index cannot be used
    void setDurably(String key, byte[] value) throws IndexException;

    /// Looks for damage, quickly.
    ///
    /// @return whether the file is sound
    /// @throws IndexException if the index cannot be used
    boolean isSound() throws IndexException;

    @Override
    void close();

    /// Work inside a transaction.
    @FunctionalInterface
    interface Work {
        /// @throws IndexException to roll back
        void run() throws IndexException;
    }
}
