package org.stratobox.sync.pack;

import java.util.List;

/// What became of debts that were tried.
///
/// @param paid the node holds it now, proven by its answer to this put or by reading it back
/// @param open still owed
/// @param failures why, at most one per open debt
/// @param <D> kind of debt
public record DebtOutcome<D extends Debt>(List<D> paid, List<D> open, List<NodeFailure> failures) {}
