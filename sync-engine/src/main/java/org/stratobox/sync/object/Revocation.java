package org.stratobox.sync.object;

import org.stratobox.sync.model.DeviceId;

/// A device that may no longer speak.
///
/// @param device which device
/// @param last its last head that counts; later ones are not accepted, [ChainPoint#NONE] if none counts
public record Revocation(DeviceId device, ChainPoint last) {}
