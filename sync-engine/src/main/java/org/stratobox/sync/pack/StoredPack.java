package org.stratobox.sync.pack;

import java.util.List;

import org.stratobox.sync.object.PackRecord;

/// A pack that is safe on the mesh.
///
/// @param record what the pack index has to know; names all shares, also those still owed
/// @param debts shares that are not stored yet
public record StoredPack(PackRecord record, List<Debt.OfShare> debts) {}
