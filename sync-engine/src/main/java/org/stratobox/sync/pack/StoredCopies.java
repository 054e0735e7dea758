package org.stratobox.sync.pack;

import java.util.List;

import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;

/// An object outside packs that is on enough nodes.
///
/// @param name of the object
/// @param nodes that hold it
/// @param debts copies that are not stored yet
public record StoredCopies(ObjectName name, List<NodeId> nodes, List<Debt.OfCopy> debts) {}
