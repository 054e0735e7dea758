package org.stratobox.sync.reconcile;

import org.stratobox.sync.model.RelativePath;

/// A difference for which nothing is planned now.
///
/// @param path of the difference
/// @param obstacle why
public record Postponed(RelativePath path, Obstacle obstacle) {}
