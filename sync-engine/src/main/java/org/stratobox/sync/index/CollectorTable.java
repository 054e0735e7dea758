package org.stratobox.sync.index;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.GcPlan;

/// What this device heeds and does when unused packs are collected (`format.md` 3.10).
public interface CollectorTable {
    /// @return every plan that is known and not over for long
    /// @throws IndexException if the index cannot be used
    List<HeededPlan> plans() throws IndexException;

    /// Remembers a plan; while it is not over, its packs are candidates.
    ///
    /// @param plan with its state; replaces what was known of it
    /// @throws IndexException if the index cannot be used
    void put(HeededPlan plan) throws IndexException;

    /// Forgets a plan that nobody will serve any more.
    ///
    /// @param plan its id
    /// @throws IndexException if the index cannot be used
    void forget(Id16 plan) throws IndexException;

    /// @param plan an own plan
    /// @return the first head of each device that acknowledged it
    /// @throws IndexException if the index cannot be used
    Map<DeviceId, Long> acks(Id16 plan) throws IndexException;

    /// @param plan an own plan
    /// @param device that acknowledged it
    /// @param seq number of its head; a later one does not replace it
    /// @throws IndexException if the index cannot be used
    void acked(Id16 plan, DeviceId device, long seq) throws IndexException;

    /// @return whether anything is a candidate now
    /// @throws IndexException if the index cannot be used
    boolean hasCandidates() throws IndexException;

    /// @param cid of a sealed object
    /// @return whether it is known and only in packs that are candidates: it must not be referenced anew
    /// @throws IndexException if the index cannot be used
    boolean isCandidate(Cid cid) throws IndexException;

    /// Replaces the packs of which it is not sure whether they are still there; they are candidates without a plan.
    ///
    /// @param packs SHA-256 of each
    /// @throws IndexException if the index cannot be used
    void suspect(Collection<Digest256> packs) throws IndexException;

    /// Notes which packs are little used now; those noted before keep their time, those not named are forgotten.
    ///
    /// @param packs SHA-256 of each
    /// @param nowMillis milliseconds since 1970
    /// @return since when each of them is
    /// @throws IndexException if the index cannot be used
    Map<Digest256, Long> idle(Collection<Digest256> packs, long nowMillis) throws IndexException;

    /// Removes a pack that is deleted from everything the index knows. Objects that another pack holds are found there from
    /// now on. It is not taken in again when an old index object names it.
    ///
    /// @param packId SHA-256 of the pack
    /// @throws IndexException if the index cannot be used
    void gone(Digest256 packId) throws IndexException;

    /// @param name of an index object that was deleted
    /// @throws IndexException if the index cannot be used
    void gone(ObjectName name) throws IndexException;

    /// @return names of objects that were deleted; nobody is owed a copy of them
    /// @throws IndexException if the index cannot be used
    Set<ObjectName> goneNames() throws IndexException;

    /// A plan as this device knows it.
    ///
    /// @param name of its object on the nodes
    /// @param plan what it says
    /// @param state how far it is
    /// @param announced whether a head of its author named it
    record HeededPlan(ObjectName name, GcPlan plan, PlanState state, boolean announced) {
        /// @param next how far it is now
        /// @return the same plan
        public HeededPlan in(PlanState next) {
            return new HeededPlan(name, plan, next, announced);
        }
    }

    /// How far a plan is.
    enum PlanState {
        /// Candidates must not be referenced anew.
        OPEN,
        /// Own plan: deleting has begun.
        DELETING,
        /// It has ended; which packs are gone is still to be found out. Candidates stay candidates.
        ENDED,
        /// All is known; nothing of it matters any more.
        OVER
    }
}
