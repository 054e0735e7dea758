package org.stratobox.app.cli;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.stratobox.crypto.Entropy;
import org.stratobox.sync.api.Stratobox;

/// Everything a command gets from outside.
///
/// @param engine made on first use: `--help` must not wait for it
/// @param entropy for new phrases
/// @param clock for ages and durations
/// @param machine the computer
/// @param screen streams and prompt
/// @param workers runs each task in a thread of its own
public record Surroundings(Supplier<Stratobox> engine, Entropy entropy, InstantSource clock, Machine machine,
        Screen screen, Executor workers) {}
