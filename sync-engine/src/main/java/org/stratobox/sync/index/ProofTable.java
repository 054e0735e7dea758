package org.stratobox.sync.index;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.NodeId;

/// When which node last proved that it holds a share (`mesh.md` 4.7). A node's word for a put is no proof; bytes that it
/// gave back and that fit are.
///
/// A pack is *proven* while at least as many different shares of it are proven as count as safe. A share that is owed is
/// never proven: [PackIndexTable#addDebt] withdraws its proof, and [PackIndexTable#replaceShares] those of shares that are
/// not where they were.
public interface ProofTable {
    /// Records a proof, unless the pack is not known.
    ///
    /// @param packId of the pack
    /// @param share index of the share
    /// @param node who proved it
    /// @param wallMillis when, milliseconds since 1970
    /// @throws IndexException if the index cannot be used
    void prove(Digest256 packId, int share, NodeId node, long wallMillis) throws IndexException;

    /// Takes a proof back: the node was found without the share, or with other bytes.
    ///
    /// @param packId of the pack
    /// @param share index of the share
    /// @param node who failed
    /// @throws IndexException if the index cannot be used
    void withdraw(Digest256 packId, int share, NodeId node) throws IndexException;

    /// Takes back everything a node has proven, for example because it does not belong to the mesh any more.
    ///
    /// @param node which one
    /// @throws IndexException if the index cannot be used
    void withdrawAll(NodeId node) throws IndexException;

    /// @param packId of a pack
    /// @return its proofs, in no order
    /// @throws IndexException if the index cannot be used
    List<ShareProof> proofs(Digest256 packId) throws IndexException;

    /// @return packs with a share that is neither proven nor owed, newest first
    /// @throws IndexException if the index cannot be used
    List<Digest256> unproven() throws IndexException;

    /// @param before wall time, milliseconds since 1970
    /// @param limit most packs to tell
    /// @return proven packs that were proven before that time, oldest first
    /// @throws IndexException if the index cannot be used
    List<Digest256> oldest(long before, int limit) throws IndexException;

    /// @param objects sealed objects
    /// @return what is proven of all of them together; empty if one of them is unknown or in a pack that is not proven, or if
    ///         there is none
    /// @throws IndexException if the index cannot be used
    Optional<Proven> provenOf(Collection<Cid> objects) throws IndexException;

    /// @return as [#provenOf], of everything that leads to files: trees and commits, old ones too
    /// @throws IndexException if the index cannot be used
    Optional<Proven> provenOfTrees() throws IndexException;

    /// @return over all packs
    /// @throws IndexException if the index cannot be used
    Totals totals() throws IndexException;

    /// @return what each node has proven; nodes without proofs are left out
    /// @throws IndexException if the index cannot be used
    Map<NodeId, NodeProofs> byNode() throws IndexException;

    /// One proof.
    ///
    /// @param share index of the share
    /// @param node who proved it
    /// @param wallMillis when, milliseconds since 1970
    record ShareProof(int share, NodeId node, long wallMillis) {}

    /// What is proven of some packs.
    ///
    /// @param nodes how many nodes have proven a share of the pack that fewest have
    /// @param oldestMillis since when all of them are proven: the oldest proof that is needed for that
    record Proven(int nodes, long oldestMillis) {
        /// @param other of other packs
        /// @return of both together
        public Proven with(Proven other) {
            return new Proven(Math.min(nodes, other.nodes), Math.min(oldestMillis, other.oldestMillis));
        }
    }

    /// Sums over all packs.
    ///
    /// @param packs how many there are
    /// @param unproven how many are not proven
    /// @param oldestMillis the oldest proof; empty if a pack is not proven or there is none
    record Totals(long packs, long unproven, Optional<Long> oldestMillis) {}

    /// What a node has proven.
    ///
    /// @param shares how many
    /// @param oldestMillis when the oldest proof was made, milliseconds since 1970
    /// @param newestMillis when the newest was
    record NodeProofs(long shares, long oldestMillis, long newestMillis) {}
}
