package org.stratobox.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.app.cli.FakeStratobox.FakeHome;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Brakes;
import org.stratobox.sync.api.Devices;
import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.Selection;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.SyncReport.Problem;
import org.stratobox.sync.event.Progress;

/// The small parts of an account of the fake: they remember what they were asked. Names that end in `.o` are ignored.
final class FakeParts implements Brakes, Selection, Ignores, Devices {
    private final FakeHome home;

    FakeParts(FakeHome home) {
        this.home = home;
    }

    @Override
    public List<HeldChange> held() {
        return List.copyOf(home.held);
    }

    @Override
    public void release(String id) throws StratoboxException {
        settle("release", id);
    }

    @Override
    public void putBack(String id) throws StratoboxException {
        settle("putBack", id);
    }

    private void settle(String how, String id) throws StratoboxException {
        if (!home.held.removeIf(change -> change.id().startsWith(id))) {
            throw new StratoboxException(StratoboxException.Reason.USAGE, "Nothing called " + id + " is held back.");
        }
        home.asked.add(how + " " + id);
    }

    @Override
    public Freed freeUp(String folder, String path, Consumer<Progress> progress) {
        home.asked.add("free " + folder + " " + path);
        return new Freed(2, 3_000_000, path.equals("busy") ? List.of(new Problem("busy/x", "it is open")) : List.of());
    }

    @Override
    public void keepHere(String folder, String path) {
        home.asked.add("keep " + folder + " " + path);
    }

    @Override
    public List<String> onlineOnly(String folder) {
        return List.of("films");
    }

    @Override
    public Optional<Ignores.Reason> why(String folder, String path) {
        home.asked.add("why " + folder + " " + path);
        if (path.endsWith(".tmp")) {
            return Optional.of(new Ignores.Reason(path, "*.tmp", Optional.empty(), 1));
        }
        return path.endsWith(".o")
                ? Optional.of(new Ignores.Reason(path, "*.o", Optional.of(Ignores.FILE_NAME), 3))
                : Optional.empty();
    }

    @Override
    public List<String> defaults() {
        return List.of("*.tmp");
    }

    @Override
    public List<DeviceView> list() {
        return List.of(new DeviceView("ab12", "my-laptop", true, FakeProcess.NOW - 60_000, 7, State.ACTIVE),
                new DeviceView("cd34", "phone", false, 0, 0, State.DORMANT));
    }

    @Override
    public void rename(String device, String label, Mnemonic phrase) {
        home.asked.add("rename " + device + " " + label + " " + phrase.wordCount());
    }

    @Override
    public Removal remove(String device, Mnemonic phrase) {
        home.asked.add("remove " + device + " " + phrase.wordCount());
        return new Removal(2, 1, device.equals("phone") ? 0 : 1);
    }

    @Override
    public List<Alarm> alarms() {
        return List.copyOf(home.alarms);
    }

    @Override
    public void acknowledge(String id) {
        home.asked.add("read " + id);
    }
}
