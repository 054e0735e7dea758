package org.stratobox.sync.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Devices.Alarm;
import org.stratobox.sync.api.Devices.AlarmKind;
import org.stratobox.sync.api.Devices.DeviceView;
import org.stratobox.sync.api.Devices.Removal;
import org.stratobox.sync.api.Devices.State;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.Stratobox.FolderSource;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Trust between devices: copies, removals, and nodes that hide, forget or lag.
class DevicesTest {
    @TempDir
    Path base;

    private Path folder(String name) throws Exception {
        return Files.createDirectories(base.resolve("folder-of-" + name));
    }

    private Account join(Stratobox engine, Workbench bench, String name) throws Exception {
        return engine.init(new InitRequest(base.resolve("home-of-" + name), Workbench.phrase(), Workbench.passphrase(),
                name, bench.sources(), Optional.of(new FolderSource(folder(name), "main"))));
    }

    private Account join(Workbench bench, String name) throws Exception {
        return join(bench.engine, bench, name);
    }

    private static SortedMap<String, State> states(Account account) throws StratoboxException {
        SortedMap<String, State> states = new TreeMap<>();
        account.devices().list().forEach(d -> states.put(d.label(), d.state()));
        return states;
    }

    private static List<AlarmKind> alarms(Account account) throws StratoboxException {
        return account.devices().alarms().stream().map(Alarm::kind).toList();
    }

    private static List<String> restored(Workbench bench) throws Exception {
        List<String> texts = new ArrayList<>(Workbench.texts(Workbench.files(bench.restoreFrom(0))));
        texts.sort(null);
        return texts;
    }

    private static List<Path> heads(Path node) throws Exception {
        return Workbench.files(node).stream().filter(p -> p.toString().contains("/snapshots/")).toList();
    }

    @Test
    void devicesAreListedRenamedAndNamedInErrors() throws Exception {
        Workbench bench = new Workbench(base, 2);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            laptop.sync(p -> {});
            List<DeviceView> views = laptop.devices().list();
            assertEquals(List.of("laptop", "desk"), views.stream().map(DeviceView::label).toList());
            assertEquals(List.of(true, false), views.stream().map(DeviceView::isThis).toList());
            assertEquals(List.of(1L, 0L), views.stream().map(DeviceView::seq).toList());
            assertEquals(List.of(State.ACTIVE, State.DORMANT), views.stream().map(DeviceView::state).toList());
            laptop.devices().rename("desk", "big desk", Workbench.phrase());
            assertEquals(List.of("laptop", "big desk"),
                    laptop.devices().list().stream().map(DeviceView::label).toList());
            assertEquals("big desk", desk.devices().list().getFirst().label());
            assertEquals(Reason.WRONG_SECRET, assertThrows(StratoboxException.class,
                    () -> laptop.devices().rename("laptop", "x", Workbench.newPhrase())).reason());
            assertEquals(Reason.USAGE, assertThrows(StratoboxException.class,
                    () -> laptop.devices().rename("nobody", "x", Workbench.phrase())).reason());
            assertEquals(Reason.USAGE, assertThrows(StratoboxException.class,
                    () -> laptop.devices().remove("laptop", Workbench.phrase())).reason());
        }
    }

    @Test
    void removedDeviceIsToldAndTheOthersFollowByThemselves() throws Exception {
        Workbench bench = new Workbench(base, 2);
        Files.writeString(bench.folder.resolve("old.txt"), "old, from the laptop");
        Files.writeString(folder("desk").resolve("desk.txt"), "from the desk");
        Files.writeString(folder("phone").resolve("phone.txt"), "from the phone");
        try (Account laptop = bench.init(); Account desk = join(bench, "desk"); Account phone = join(bench, "phone")) {
            for (Account account : List.of(laptop, desk, phone, laptop)) {
                account.sync(p -> {});
            }
            Removal removal = laptop.devices().remove("desk", Workbench.phrase());
            assertEquals(1, removal.epoch());
            assertEquals(1, removal.following());
            Files.writeString(bench.folder.resolve("new.txt"), "new, from the laptop");
            assertTrue(laptop.sync(p -> {}).published());
            assertTrue(laptop.check(true, false, p -> {}).isClean());
            assertEquals(State.REMOVED, states(laptop).get("desk"));

            Files.writeString(folder("desk").resolve("secret.txt"), "must not be heard");
            StratoboxException told = assertThrows(StratoboxException.class, () -> desk.sync(p -> {}));
            assertTrue(String.valueOf(told.getMessage()).contains("was removed from the account"));
            assertEquals(List.of(AlarmKind.REMOVED), alarms(desk));

            Files.writeString(folder("phone").resolve("later.txt"), "later, from the phone");
            assertTrue(phone.sync(p -> {}).published());
            assertEquals(states(laptop), states(phone));
            assertTrue(phone.check(true, false, p -> {}).isClean());
            laptop.sync(p -> {});
            assertEquals(List.of(), alarms(laptop));
        }
        assertEquals(List.of("from the desk", "from the phone", "later, from the phone", "new, from the laptop",
                "old, from the laptop"), restored(bench));
    }

    @Test
    void keysOfARemovedDeviceOpenNothingThatComesAfter() throws Exception {
        Workbench bench = new Workbench(base, 1);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            laptop.sync(p -> {});
            desk.sync(p -> {});
            laptop.devices().remove("desk", Workbench.phrase());
            Files.writeString(bench.folder.resolve("after.txt"), "after");
            laptop.sync(p -> {});
        }
        List<Path> accounts;
        try (var all = Files.list(bench.nodes.getFirst())) {
            accounts = all.filter(Files::isDirectory).toList();
        }
        assertEquals(2, accounts.size(), "the new epoch has a namespace of its own");
        try (Account desk = bench.engine.open(base.resolve("home-of-desk"), Workbench.passphrase());
                Restorable view = desk.restorable()) {
            List<String> names = new ArrayList<>();
            view.list("main", "", listing -> names.add(listing.path()));
            assertEquals(List.of(), names);
        }
    }

    @Test
    void deviceThatJoinsAfterARemovalAndOneThatWasAwayForTwoWorkTogether() throws Exception {
        Workbench bench = new Workbench(base, 2);
        Files.writeString(bench.folder.resolve("a.txt"), "a");
        try (Account laptop = bench.init(); Account phone = join(bench, "phone")) {
            Files.writeString(folder("phone").resolve("b.txt"), "b");
            laptop.sync(p -> {});
            phone.sync(p -> {});
            for (String thief : List.of("one", "two")) {
                join(bench, thief).close();
                laptop.devices().remove(thief, Workbench.phrase());
                laptop.sync(p -> {});
            }
            Files.writeString(folder("tablet").resolve("c.txt"), "c");
            try (Account tablet = join(bench, "tablet")) {
                assertTrue(tablet.sync(p -> {}).published());
                assertTrue(tablet.check(true, false, p -> {}).isClean());
            }
            Files.writeString(folder("phone").resolve("d.txt"), "d");
            assertTrue(phone.sync(p -> {}).published());
            laptop.sync(p -> {});
            assertEquals(states(laptop), states(phone));
            assertEquals(List.of(), alarms(laptop));
        }
        assertEquals(List.of("a", "b", "c", "d"), restored(bench));
    }

    @Test
    void nodeThatWasAwayDuringARemovalTakesPartAgain() throws Exception {
        Workbench bench = new Workbench(base, 3);
        Files.writeString(bench.folder.resolve("a.txt"), "a");
        Path away = base.resolve("away");
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            laptop.sync(p -> {});
            desk.sync(p -> {});
            Files.move(bench.nodes.get(2), away);
            laptop.devices().remove("desk", Workbench.phrase());
            Files.writeString(bench.folder.resolve("b.txt"), "b");
            laptop.sync(p -> {});
            Files.move(away, bench.nodes.get(2));
        }
        try (Account laptop = bench.open()) {
            laptop.sync(p -> {});
            assertTrue(laptop.check(true, false, p -> {}).isClean());
        }
        Workbench.remove(bench.nodes.get(0));
        Path back = base.resolve("back");
        try (Restorable found = bench.find(2)) {
            found.restore(Workbench.all(back), p -> {});
        }
        assertEquals(List.of("a", "b"), Workbench.texts(Workbench.files(back)));
    }

    /// Both homes are copies of one state and publish at the same time: neither may lose what it has.
    @Test
    void twoHomesWithOneIdentityBecomeTwoDevicesAndNothingIsLost() throws Exception {
        Workbench bench = new Workbench(base, 2);
        Files.writeString(bench.folder.resolve("shared.txt"), "shared");
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            laptop.sync(p -> {});
            desk.sync(p -> {});
        }
        Path homeOfClone = base.resolve("home-of-clone");
        Workbench.copy(bench.home(), homeOfClone);
        Path nodesBefore = base.resolve("nodes-before");
        Workbench.copy(bench.nodes.get(0), nodesBefore.resolve("0"));
        Workbench.copy(bench.nodes.get(1), nodesBefore.resolve("1"));
        Files.writeString(bench.folder.resolve("same-name.txt"), "by the first");
        try (Account first = bench.open()) {
            assertTrue(first.sync(p -> {}).published());
        }
        // the second has not seen the head of the first when it publishes: its nodes are those of before
        Path folderOfClone = folder("clone");
        Files.writeString(folderOfClone.resolve("other.txt"), "also by the second");
        Files.writeString(folderOfClone.resolve("same-name.txt"), "by the second");
        Path later = base.resolve("later");
        swapNodes(bench, later, nodesBefore);
        try (Account clone = bench.engine.open(homeOfClone, Workbench.passphrase())) {
            clone.removeFolder("main");
            clone.addFolder(new FolderSource(folderOfClone, "main"));
            assertTrue(clone.sync(p -> {}).published());
        }
        Workbench.copy(later.resolve("0"), bench.nodes.get(0));
        Workbench.copy(later.resolve("1"), bench.nodes.get(1));
        try (Account desk = bench.engine.open(base.resolve("home-of-desk"), Workbench.passphrase())) {
            desk.sync(p -> {});
            assertEquals(List.of(AlarmKind.COPIED), alarms(desk));
            assertEquals(State.HELD, states(desk).get("laptop"));
        }
        try (Account first = bench.open();
                Account clone = bench.engine.open(homeOfClone, Workbench.passphrase());
                Account desk = bench.engine.open(base.resolve("home-of-desk"), Workbench.passphrase())) {
            assertTrue(first.sync(p -> {}).published());
            assertTrue(clone.sync(p -> {}).published());
            desk.sync(p -> {});
            assertEquals(List.of(), alarms(desk), "both go on under new identities: that is settled");
            SortedMap<String, State> states = states(desk);
            assertEquals(State.RESTING, states.get("laptop"));
            assertEquals(State.ACTIVE, states.get("laptop 2"));
            assertEquals(State.ACTIVE, states.get("laptop 3"));
            assertFalse(first.sync(p -> {}).published());
            assertFalse(clone.sync(p -> {}).published());
        }
        List<String> texts = restored(bench);
        assertTrue(texts.containsAll(List.of("by the first", "by the second", "also by the second", "shared")),
                texts::toString);
    }

    private static void swapNodes(Workbench bench, Path aside, Path instead) throws Exception {
        for (int i = 0; i < 2; i++) {
            Files.createDirectories(aside);
            Files.move(bench.nodes.get(i), aside.resolve(Integer.toString(i)));
            Workbench.copy(instead.resolve(Integer.toString(i)), bench.nodes.get(i));
        }
    }

    @Test
    void successorsFallWithTheDeviceTheyComeFrom() throws Exception {
        Workbench bench = new Workbench(base, 1);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            laptop.sync(p -> {});
            desk.sync(p -> {});
        }
        Path copy = base.resolve("stolen-home");
        Workbench.copy(base.resolve("home-of-desk"), copy);
        Files.writeString(folder("desk").resolve("more.txt"), "more");
        try (Account desk = bench.engine.open(base.resolve("home-of-desk"), Workbench.passphrase())) {
            desk.sync(p -> {});
        }
        try (Account laptop = bench.open(); Account thief = bench.engine.open(copy, Workbench.passphrase())) {
            laptop.sync(p -> {});
            laptop.devices().remove("desk", Workbench.phrase());
            assertThrows(StratoboxException.class, () -> thief.sync(p -> {}));
            assertEquals(State.REMOVED, states(laptop).get("desk"));
            laptop.sync(p -> {});
        }
        assertEquals(List.of("more"), restored(bench), "what it said before it was removed stays");
    }

    @Test
    void statesThatAllNodesHaveLostArePutBackAndSaid() throws Exception {
        Workbench bench = new Workbench(base, 2);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            desk.sync(p -> {});
            List<Path> desks = new ArrayList<>();
            for (Path node : bench.nodes) {
                desks.addAll(heads(node));
            }
            laptop.sync(p -> {});
            assertEquals(List.of(), alarms(laptop));
            for (Path head : desks) {
                Files.delete(head);
            }
            List<String> said = laptop.sync(p -> {}).warnings();
            assertTrue(said.getFirst().contains("do not serve"), said::toString);
            assertTrue(Files.exists(desks.getFirst()));
            assertEquals(List.of(AlarmKind.ROLLED_BACK), alarms(laptop));
            assertEquals(1, laptop.status().alarms().size());
            laptop.devices().acknowledge(laptop.devices().alarms().getFirst().id());
            assertEquals(List.of(), alarms(laptop));
            assertEquals(List.of(), laptop.sync(p -> {}).warnings());
        }
    }

    @Test
    void nodeThatForgetsAgainAndAgainIsSaid() throws Exception {
        Workbench bench = new Workbench(base, 2);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            desk.sync(p -> {});
            Path forgotten = heads(bench.nodes.getFirst()).getFirst();
            laptop.sync(p -> {});
            Files.delete(forgotten);
            laptop.sync(p -> {});
            assertTrue(Files.exists(forgotten), "it was brought back");
            assertEquals(List.of(), alarms(laptop), "once is no habit");
            Files.delete(forgotten);
            List<String> said = laptop.sync(p -> {}).warnings();
            assertEquals(List.of(AlarmKind.STALE_NODE), alarms(laptop));
            assertTrue(said.getFirst().contains("node0"), said::toString);
        }
    }

    @Test
    void stateThatSomebodyHasSeenAndNobodyServesIsSaidUntilItIsThere() throws Exception {
        Workbench bench = new Workbench(base, 1);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk"); Account phone = join(bench, "phone")) {
            Files.writeString(folder("desk").resolve("x.txt"), "x");
            desk.sync(p -> {});
            phone.sync(p -> {});
            Path hidden = base.resolve("hidden");
            // the phone has seen the desk's second head; the laptop is shown the first only
            Files.writeString(folder("desk").resolve("y.txt"), "y");
            List<Path> before = heads(bench.nodes.getFirst());
            desk.sync(p -> {});
            Path second = heads(bench.nodes.getFirst()).stream().filter(p -> !before.contains(p)).findFirst()
                    .orElseThrow();
            Files.writeString(folder("phone").resolve("z.txt"), "z");
            phone.sync(p -> {});
            Files.move(second, hidden);
            laptop.sync(p -> {});
            assertEquals(List.of(AlarmKind.WITHHELD), alarms(laptop));
            Files.move(hidden, second);
            assertEquals(List.of(), laptop.sync(p -> {}).warnings());
            assertEquals(List.of(), alarms(laptop));
            assertEquals(2, laptop.devices().list().stream().filter(d -> d.label().equals("desk")).findFirst()
                    .orElseThrow().seq());
        }
    }

    @Test
    void headBehindAGapIsHeldUntilTheUserGivesTheMissingOneUp() throws Exception {
        Workbench bench = new Workbench(base, 1);
        try (Account laptop = bench.init(); Account desk = join(bench, "desk")) {
            desk.sync(p -> {});
            laptop.sync(p -> {});
            List<Path> before = heads(bench.nodes.getFirst());
            for (String name : List.of("1.txt", "2.txt")) {
                Files.writeString(folder("desk").resolve(name), name);
                desk.sync(p -> {});
                if (name.equals("1.txt")) {
                    before = heads(bench.nodes.getFirst()).stream().filter(only(before)).toList();
                }
            }
            Files.delete(before.getFirst());
            laptop.sync(p -> {});
            assertEquals(List.of(AlarmKind.WITHHELD), alarms(laptop));
            assertEquals(1, seq(laptop, "desk"));
            laptop.devices().acknowledge(laptop.devices().alarms().getFirst().id());
            laptop.sync(p -> {});
            assertEquals(3, seq(laptop, "desk"));
            assertEquals(List.of(), alarms(laptop));
        }
    }

    private static java.util.function.Predicate<Path> only(List<Path> before) {
        return path -> !before.contains(path);
    }

    private static long seq(Account account, String label) throws StratoboxException {
        return account.devices().list().stream().filter(d -> d.label().equals(label)).findFirst().orElseThrow().seq();
    }

    @Test
    void stateFromTheFutureIsHeldUntilItsTimeHasCome() throws Exception {
        Workbench bench = new Workbench(base, 1);
        Stratobox ahead = TestEngines.withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3)));
        Files.writeString(folder("desk").resolve("future.txt"), "from the future");
        try (Account laptop = bench.init(); Account desk = join(ahead, bench, "desk")) {
            desk.sync(p -> {});
            laptop.sync(p -> {});
            assertEquals(List.of(AlarmKind.CLOCK_AHEAD), alarms(laptop));
            assertEquals(State.HELD, states(laptop).get("desk"));
        }
        assertEquals(List.of("from the future"), restored(bench), "a restore asks no clock");
        Stratobox later = TestEngines.withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3)));
        try (Account laptop = later.open(bench.home(), Workbench.passphrase())) {
            assertEquals(List.of(), laptop.sync(p -> {}).warnings());
            assertEquals(State.ACTIVE, states(laptop).get("desk"));
        }
    }
}
