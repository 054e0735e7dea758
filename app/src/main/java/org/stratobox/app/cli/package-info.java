/// The command line: thin commands over [org.stratobox.sync.api.Stratobox]. A command reads options and secrets, makes one
/// call, and gives an [org.stratobox.app.cli.Answer], which a [org.stratobox.app.cli.Session] shows to a human or as JSON.
/// The process itself (standard streams, clock, threads, engine) comes in as [org.stratobox.app.cli.Surroundings].
/// Secrets are never taken from arguments.
@NullMarked
package org.stratobox.app.cli;

import org.jspecify.annotations.NullMarked;
