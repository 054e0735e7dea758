package org.stratobox.app.cli;

import java.io.PrintStream;

/// What the process shows and whom it can ask.
///
/// @param out results
/// @param err sentences and progress
/// @param terminal whether a person looks at `err`: only then is progress shown
/// @param prompt asks for secrets
public record Screen(PrintStream out, PrintStream err, boolean terminal, Prompt prompt) {}
