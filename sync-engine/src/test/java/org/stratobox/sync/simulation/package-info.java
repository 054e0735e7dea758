/// The deterministic simulation: several devices run the real engine over simulated disks and nodes, with users, faults and
/// crashes between any two steps, all in one thread and all decided by one number (`sync-disk.md` 7).
///
/// Flow: `History` plays one seed: `SimUser`s act, `SimDevice`s pass, things go wrong; then everybody comes to rest and
/// `Invariants` looks for what must never be. `SimulationTest` plays many. Read a failing seed with its trace:
/// `mvn -pl sync-engine test -Dtest=SimulationTest -Dsimulation.seed=N`.
@NullMarked
package org.stratobox.sync.simulation;

import org.jspecify.annotations.NullMarked;
