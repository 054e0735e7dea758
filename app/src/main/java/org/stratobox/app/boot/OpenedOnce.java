package org.stratobox.app.boot;

import java.util.Optional;
import java.util.function.Supplier;

import org.stratobox.sync.api.Stratobox;

/// Makes the engine when a command first needs it: help and versions do not wait for it.
final class OpenedOnce implements Supplier<Stratobox> {
    private final Supplier<Stratobox> maker;
    // guarded by this
    private Optional<Stratobox> made = Optional.empty();

    OpenedOnce(Supplier<Stratobox> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized Stratobox get() {
        if (made.isEmpty()) {
            made = Optional.of(maker.get());
        }
        return made.get();
    }
}
