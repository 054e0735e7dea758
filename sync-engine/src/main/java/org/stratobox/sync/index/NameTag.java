package org.stratobox.sync.index;

import org.stratobox.sync.model.Id16;

/// The look-up key of a name: a truncated HMAC under the local key, so that the file of the index shows no names.
///
/// @param id sixteen bytes
public record NameTag(Id16 id) {}
