package org.stratobox.sync.index;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.object.PackRecord;

/// Where sealed objects live: packs, their shares on nodes, and what some node still lacks.
///
/// An object that is found here was stored safely once; a node's word alone never puts it here (`sync-disk.md` 4.4).
public interface PackIndexTable {
    /// @param pack stored safely, or read from an index object
    /// @param published whether an index object on the mesh names it already
    /// @throws IndexException if the index cannot be used
    void add(PackRecord pack, boolean published) throws IndexException;

    /// @param cid of a sealed object
    /// @return where it is
    /// @throws IndexException if the index cannot be used
    Optional<Location> find(Cid cid) throws IndexException;

    /// @param packId SHA-256 of the pack
    /// @return its record without the table of contents
    /// @throws IndexException if the index cannot be used
    Optional<PackRecord> pack(Digest256 packId) throws IndexException;

    /// @return every pack without its table of contents
    /// @throws IndexException if the index cannot be used
    List<PackRecord> packs() throws IndexException;

    /// @param packId SHA-256 of the pack
    /// @return its table of contents
    /// @throws IndexException if the index cannot be used
    List<PackItem> items(Digest256 packId) throws IndexException;

    /// @return packs that no index object on the mesh names yet, with their tables of contents
    /// @throws IndexException if the index cannot be used
    List<PackRecord> unpublished() throws IndexException;

    /// @param indexObject name of an index object that is stored safely
    /// @param packs which it names
    /// @throws IndexException if the index cannot be used
    void markPublished(ObjectName indexObject, Collection<Digest256> packs) throws IndexException;

    /// @return names of the index objects that were read or written
    /// @throws IndexException if the index cannot be used
    Set<ObjectName> indexObjects() throws IndexException;

    /// The index object that named these packs is going: the next ones name them again.
    ///
    /// @param packs SHA-256 of each
    /// @throws IndexException if the index cannot be used
    void unpublish(Collection<Digest256> packs) throws IndexException;

    /// Forgets which index objects there are, when the account's records move to a new namespace: every pack that none of the
    /// new ones names is published again.
    ///
    /// @throws IndexException if the index cannot be used
    void forgetIndexObjects() throws IndexException;

    /// Replaces the shares of a pack, for example after a repair. Shares that are not where they were are not proven any more.
    ///
    /// @param pack known before, with its new shares
    /// @throws IndexException if the index cannot be used
    void replaceShares(PackRecord pack) throws IndexException;

    /// Remembers a debt; what is owed is not proven any more.
    ///
    /// @param debt to remember
    /// @throws IndexException if the index cannot be used
    void addDebt(PackDebt debt) throws IndexException;

    /// @param debt that was paid
    /// @throws IndexException if the index cannot be used
    void removeDebt(PackDebt debt) throws IndexException;

    /// @return what nodes still lack
    /// @throws IndexException if the index cannot be used
    List<PackDebt> debts() throws IndexException;

    /// @param debt to remember
    /// @throws IndexException if the index cannot be used
    void addCopyDebt(CopyDebt debt) throws IndexException;

    /// @param debt that was paid
    /// @throws IndexException if the index cannot be used
    void removeCopyDebt(CopyDebt debt) throws IndexException;

    /// @return copies that nodes still lack
    /// @throws IndexException if the index cannot be used
    List<CopyDebt> copyDebts() throws IndexException;

    /// Where a sealed object is.
    ///
    /// @param packId SHA-256 of the pack
    /// @param type of the object
    /// @param offset first byte in the pack
    /// @param length in bytes
    record Location(Digest256 packId, ObjectType type, int offset, int length) {}

    /// A share that its node lacks.
    ///
    /// @param packId SHA-256 of the pack
    /// @param share index of the share
    /// @param node where it belongs
    record PackDebt(Digest256 packId, int share, NodeId node) {}

    /// A copy of an object outside packs that its node lacks.
    ///
    /// @param space directory name of the object's kind
    /// @param name of the object
    /// @param node where it belongs
    record CopyDebt(String space, ObjectName name, NodeId node) {}
}
