package org.stratobox.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import org.stratobox.app.cli.FakeStratobox.FakeContent;
import org.stratobox.sync.api.Account.Listing;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

/// A past of the fake: answers name what was asked.
final class FakePast implements Past {
    private final FakeContent content;

    FakePast(FakeContent content) {
        this.content = content;
    }

    @Override
    public void list(Place place, Consumer<Listing> to) {
        to.accept(new Listing(place.path() + "@" + place.atMillis().orElse(0L), "file", 5, 0, 0644));
    }

    @Override
    public void cat(Place place, OutputStream to) throws StratoboxException {
        write(place.folder() + ":" + place.path() + "@" + place.atMillis().orElse(0L), to);
    }

    @Override
    public void deleted(Place place, Consumer<Deleted> to) {
        to.accept(new Deleted("gone.txt", FakeProcess.NOW - 3_600_000, "phone"));
    }

    @Override
    public List<Version> versions(String folder, String path) throws StratoboxException {
        if (!content.stored.containsKey(folder)) {
            throw new StratoboxException(Reason.USAGE, "There is no folder called " + folder + ".");
        }
        return List.of(new Version("aaaabbbbcccc", path, Kind.FILE, 12, 0, FakeProcess.NOW - 60_000, "my-laptop"),
                new Version("ddddeeeeffff", "old name", Kind.FILE, 10, 0, FakeProcess.NOW - 120_000, "phone"));
    }

    @Override
    public void catVersion(String folder, String path, String version, OutputStream to) throws StratoboxException {
        write(folder + ":" + path + "#" + version, to);
    }

    private static void write(String text, OutputStream to) throws StratoboxException {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StratoboxException(Reason.FAILED, "It cannot be written.", e);
        }
    }
}
