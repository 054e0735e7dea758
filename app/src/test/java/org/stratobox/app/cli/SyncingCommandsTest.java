package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.sync.api.Brakes.HeldChange;
import org.stratobox.sync.api.CollectReport;
import org.stratobox.sync.api.CollectReport.Outcome;
import org.stratobox.sync.api.Devices.Alarm;
import org.stratobox.sync.api.Devices.AlarmKind;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.FileState.State;
import org.stratobox.sync.api.PlanReport.Action;
import org.stratobox.sync.api.PlanReport.Direction;
import org.stratobox.sync.api.PlanReport.Line;
import org.stratobox.sync.api.Settings;
import org.stratobox.sync.api.Settings.Economy;
import org.stratobox.sync.api.SyncReport.Incoming;
import org.stratobox.sync.api.SyncReport.Problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What moves, what is held back, when and how much.
class SyncingCommandsTest {
    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);

    @BeforeEach
    void setUp() {
        process = new FakeProcess(directory);
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("sync"));
    }

    private void says(String part) {
        assertTrue(process.out.contains(part), process.out + process.err);
    }

    private static HeldChange held(String id, boolean here) {
        return new HeldChange(id, "main", here, List.of("a.txt", "b\u001B.txt"), List.of("c.txt"),
                Map.of("phone", 3), 300);
    }

    @Test
    void syncTellsWhatOthersDid() {
        process.fakeHome().incoming = new Incoming(3, 2, 1, 4, 5_000_000, 1, 0);
        assertEquals(0, process.run("sync"));
        says("Nothing to upload.");
        says("3 new, 2 changed, 1 renamed, 4 deleted (into the trash); 5.0 MB received");
        says("Both versions are kept");
        assertEquals(0, process.run("sync", "--json"));
        assertEquals(4, process.json().get("incoming").get("deleted").asInt());
    }

    @Test
    void syncEndsWithSevenWhenTheBrakeStoppedSomething() {
        process.fakeHome().incoming = new Incoming(0, 0, 0, 0, 0, 0, 62);
        assertEquals(7, process.run("sync"));
        says("Held back: 62 deletions");
        says("stratobox held");
    }

    @Test
    void heldNamesWhatWaitsAndWhatToDo() {
        assertEquals(0, process.run("held"));
        says("Nothing is held back.");
        process.fakeHome().held.addAll(List.of(held("abcdef0123", false), held("abcdef9999", true)));
        assertEquals(7, process.run("held"));
        says("abcdef0  main: 3 of 300 files would be gone or replaced, changed by others (phone 3)");
        says("stratobox approve abcdef0\n");
        says("stratobox put-back abcdef9\n");
        assertFalse(process.out.contains("\u001B"));
        assertEquals(7, process.run("held", "--json"));
        assertEquals("a.txt", process.json().get("held").get(0).get("deleted").get(0).asString());

        assertEquals(7, process.run("status"));
        says("Held back: 6 deletions");
        assertEquals(0, process.run("approve", "abcdef0"));
        assertEquals(0, process.run("put-back", "abcdef9"));
        assertEquals(List.of("release abcdef0", "putBack abcdef9"), process.fakeHome().asked);
        assertEquals(2, process.run("approve", "abcdef0"));
        assertEquals(0, process.run("status"));
    }

    @Test
    void planShowsEveryStepWithItsReasonAndEndsAsThePassWould() {
        assertEquals(0, process.run("plan"));
        says("Nothing to do");
        process.fakeHome().plan.add(new Line("main", Direction.UP, Action.CREATE, "new.txt", Optional.empty(),
                "it is new here", 2_000));
        process.fakeHome().plan.add(new Line("main", Direction.DOWN, Action.RENAME, "b.txt", Optional.of("a.txt"),
                "phone renamed it", 0));
        assertEquals(0, process.run("plan"));
        says("send   new      new.txt  (2.0 kB, it is new here)");
        says("bring  rename   a.txt -> b.txt  (phone renamed it)");
        says("Nothing was changed.");
        process.fakeHome().left.add(new Problem("busy.txt", "it is being written"));
        assertEquals(3, process.run("plan"));
        process.fakeHome().held.add(held("abcdef", true));
        assertEquals(7, process.run("plan", "--json"));
        assertEquals("rename", process.json().get("lines").get(1).get("action").asString());
        assertEquals("a.txt", process.json().get("lines").get(1).get("from").asString());
    }

    @Test
    void statusOfAPathSaysWhereItStandsAndWhy() {
        List<FileState> states = process.fakeHome().states;
        states.add(new FileState("main", "letter.txt", State.VERIFIED,
                Optional.of(new FileState.Proof(2, FakeProcess.NOW - 180_000)), Optional.empty()));
        states.add(new FileState("main", "sub", State.VERIFIED, Optional.empty(), Optional.empty()));
        states.add(new FileState("main", "sub/deep.txt", State.NOT_CAPTURED, Optional.empty(),
                Optional.of("It is being written.")));
        states.add(new FileState("main", "x.o", State.IGNORED, Optional.empty(), Optional.empty()));
        process.current = directory.resolve("folder");
        assertEquals(0, process.run("status", process.current.resolve("letter.txt").toString()));
        assertEquals("letter.txt: safe; proven on 2 nodes, 3 min ago\n", process.out);
        assertEquals(3, process.run("status", "sub"));
        says("sub/deep.txt: changed here, not taken in yet. It is being written.");
        assertEquals(3, process.run("status", "sub/deep.txt", "--json"));
        assertEquals("not_captured", process.json().get("state").get("state").asString());
        assertEquals(0, process.run("status", "x.o"));
        says("line 3 of .stratoignore");
        assertEquals(3, process.run("status", "main:"));
        assertEquals(2, process.run("status", "unknown"));
        process.run("status");
        says("sub/deep.txt: changed here");
    }

    @Test
    void whyIgnoredNamesTheRule() {
        assertEquals(0, process.run("why-ignored", "x.o"));
        says("x.o is ignored: line 3 of .stratoignore says \"*.o\"");
        assertEquals(0, process.run("why-ignored", "x.tmp"));
        says("nobody needs \"*.tmp\"");
        assertEquals(0, process.run("why-ignored", "letter.txt", "--json"));
        assertFalse(process.json().get("ignored").asBoolean());
    }

    @Test
    void pauseAndResumeAreKeptAndShown() {
        assertEquals(0, process.run("pause", "2h"));
        says("Paused until 2026-06-01 14:00.");
        assertEquals(0, process.run("status"));
        says("Paused until 2026-06-01 14:00.");
        assertEquals(0, process.run("pause"));
        says("Paused until you go on.");
        assertEquals(Optional.of(Settings.UNTIL_RESUMED), process.fakeHome().settings.pausedUntilMillis());
        assertEquals(0, process.run("resume"));
        says("The pause is over. Nothing runs now");
        assertEquals(0, process.run("resume"));
        says("It was not paused.");
        assertEquals(2, process.run("pause", "a while"));
    }

    @Test
    void limitsAreShownAndChanged() {
        assertEquals(0, process.run("limits"));
        says("Sending: no limit. Receiving: no limit.");
        assertEquals(0, process.run("limits", "--up", "500k", "--down", "2 MB/s"));
        says("Sending: at most 500 kB/s. Receiving: at most 2.0 MB/s.");
        assertEquals(OptionalLong.of(500_000), process.fakeHome().settings.up());
        assertEquals(0, process.run("limits", "--up", "none", "--json"));
        assertEquals(2_000_000, process.json().get("down").asLong());
        assertFalse(process.json().has("up"));
        assertEquals(2, process.run("limits", "--up", "fast"));
        assertEquals(OptionalLong.of(2_000_000), process.fakeHome().settings.down());
    }

    @Test
    void settingsAreShownOneByOneAndChecked() {
        assertEquals(0, process.run("settings"));
        says("brake-percent");
        assertEquals(0, process.run("settings", "on-battery", "pause"));
        assertEquals(Economy.PAUSE, process.fakeHome().settings.onBattery());
        assertEquals(0, process.run("settings", "trash-days", "90"));
        assertEquals(0, process.run("settings", "links-outside", "yes"));
        assertEquals(0, process.run("settings", "trash-days", "--json"));
        assertEquals("90", process.json().get("settings").get("trash-days").asString());
        assertEquals("main".length(), process.fakeHome().folders.keySet().iterator().next().length());
        Settings before = process.fakeHome().settings;
        for (List<String> wrong : List.of(List.of("brake-percent", "101"), List.of("keep-all-days", "3"),
                List.of("brake-files", "many"), List.of("on-metered", "never"), List.of("colour", "red"))) {
            assertEquals(2, process.run("settings", wrong.getFirst(), wrong.getLast()), wrong.toString());
        }
        assertEquals(before, process.fakeHome().settings);
    }

    @ParameterizedTest
    @CsvSource({"mon-fri, 9:00-17:00, 5, 540, 1020", "sat-sun, 22:00-6:00, 3, 8520, 9000",
        "daily, 0:00-24:00, 7, 0, 1440",
        "sun, 20:00-24:00, 1, 9840, 10080", "fri-mon, 8:00-9:00, 4, 6240, 6300"})
    void scheduleTakesHoursOfTheWeek(String days, String hours, int spans, int from, int to) {
        assertEquals(0, process.run("schedule", "add", days, hours, "--up", "200k", "--economy", "careful"),
                () -> process.err);
        List<Settings.Span> schedule = process.fakeHome().settings.schedule();
        assertEquals(spans, schedule.size());
        assertEquals(new Settings.Span(from, to, Economy.CAREFUL, OptionalLong.of(200_000), OptionalLong.empty()),
                schedule.getFirst());
        says("careful");
        assertEquals(0, process.run("schedule", "clear"));
        says("No hours of the week are special.");
    }

    @ParameterizedTest
    @CsvSource({"someday, 9:00-17:00, 1k", "mon, 9-17, 1k", "mon, 9:00-25:00, 1k", "mon, 9:00-17:00, quick"})
    void scheduleRefusesWhatMakesNoSense(String days, String hours, String rate) {
        assertEquals(2, process.run("schedule", "add", days, hours, "--up", rate));
        assertTrue(process.fakeHome().settings.schedule().isEmpty());
    }

    @Test
    void filesAreTakenOffTheDiskAndBroughtBack() {
        process.current = directory.resolve("folder");
        assertEquals(0, process.run("free", "sub"));
        says("Freed 3.0 MB of this disk (2 files)");
        assertEquals(3, process.run("free", "busy"));
        says("busy/x: it is open");
        assertEquals(0, process.run("online-only"));
        assertEquals("films\n", process.out);
        assertEquals(0, process.run("online-only", "main", "--json"));
        assertEquals("films", process.json().get("onlineOnly").get(0).get("path").asString());
        assertEquals(0, process.run("keep", "main:films"));
        assertEquals(List.of("free main sub", "free main busy", "keep main films"), process.fakeHome().asked);
    }

    @Test
    void devicesAreListedRenamedAndRemovedWithThePhrase() {
        assertEquals(0, process.run("devices", "list"));
        says("my-laptop (this one)");
        says("not seen for a week");
        process.environment.put("STRATOBOX_PHRASE", FakeProcess.PHRASE);
        assertEquals(0, process.run("devices", "rename", "phone", "old phone"));
        assertEquals(0, process.run("devices", "remove", "phone"));
        says("What is written from now on it cannot read");
        assertEquals(3, process.run("devices", "remove", "tablet"));
        assertEquals(List.of("rename phone old phone 12", "remove phone 12", "remove tablet 12"),
                process.fakeHome().asked);
        assertEquals(2, process.run("devices"));
    }

    @Test
    void collectingAsksBeforeItFreesMuch() {
        assertEquals(0, process.run("check", "--collect"));
        says("Nothing is unused.");
        process.fakeHome().collected = new CollectReport(Outcome.NEEDS_CONSENT, 5, 7_000_000, "That is much.");
        assertEquals(7, process.run("check", "--collect"));
        says("check --collect --agree");
        process.run("check", "--collect", "--agree", "--json");
        assertEquals("needs_consent", process.json().get("outcome").asString());
        assertEquals(List.of("collect ASK", "collect ASK", "collect GIVEN"), process.fakeHome().asked);
    }

    @Test
    void alarmsAreShownUntilRead() {
        assertEquals(0, process.run("alarms"));
        says("Nothing odd was noticed.");
        process.fakeHome().alarms.add(new Alarm("a1", AlarmKind.COPIED, "phone", "One device speaks twice.", 0));
        assertEquals(0, process.run("alarms", "--json"));
        assertEquals("copied", process.json().get("alarms").get(0).get("kind").asString());
        process.run("status");
        says("Attention: One device speaks twice.");
        assertEquals(0, process.run("alarms", "read", "a1"));
        assertEquals(List.of("read a1"), process.fakeHome().asked);
    }
}
