package org.stratobox.sync.object;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.model.DeviceId;

/// A device that an account record knows.
///
/// @param device which device
/// @param certHash [DeviceRecord#hash()] of its record
public record Enrolment(DeviceId device, Digest256 certHash) {}
