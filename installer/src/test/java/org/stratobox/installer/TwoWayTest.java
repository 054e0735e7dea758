package org.stratobox.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.installer.Fleet.Device;
import org.stratobox.installer.ProcessHarness.Ended;

import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Three devices that run, two nodes that serve, and people who work as people do. Every test has a directory of its own in
/// the one folder, so that each looks only at what it has done.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoWayTest {
    private static final int LAST = Integer.MAX_VALUE;

    @TempDir
    static Path directory = Path.of("");

    private Fleet fleet = new Fleet(directory);
    private List<Device> devices = List.of();

    @BeforeAll
    void startAll() throws Exception {
        fleet = new Fleet(directory);
        fleet.start(2, 3);
        devices = fleet.devices();
    }

    @AfterAll
    void stopAll() {
        fleet.close();
    }

    private Device a() {
        return devices.get(0);
    }

    private Device b() {
        return devices.get(1);
    }

    private Device c() {
        return devices.get(2);
    }

    private static void assertText(String text, Map<String, String> tree, String path) {
        assertTrue(tree.getOrDefault(path, "nothing").contains(Tree.sha256(text)), () -> path + " in " + tree);
    }

    @Test
    void whatOneDeviceSavesEditsRenamesAndDeletesIsSoOnAll() throws Exception {
        a().write("basic/letter.txt", "Dear reader");
        Path script = a().write("basic/deep/run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setLastModifiedTime(script, FileTime.fromMillis(1_000_000_123L));
        Files.createSymbolicLink(a().path("basic/link"), Path.of("letter.txt"));
        Files.createDirectories(a().path("basic/empty"));
        Map<String, String> tree = fleet.awaitEqual("basic");
        assertText("Dear reader", tree, "letter.txt");
        assertTrue(tree.getOrDefault("deep/run.sh", "").endsWith(" x 1000000123"), tree.toString());
        assertEquals("link letter.txt", tree.get("link"));
        assertEquals("directory", tree.get("empty"));

        b().write("basic/letter.txt", "Dear reader, PS");
        Files.move(b().path("basic/deep"), b().path("basic/deeper"));
        tree = fleet.awaitEqual("basic");
        assertText("Dear reader, PS", tree, "letter.txt");
        assertEquals(new TreeSet<>(List.of("deeper", "deeper/run.sh", "empty", "letter.txt", "link")), tree.keySet());

        Files.delete(c().path("basic/link"));
        Files.delete(c().path("basic/empty"));
        assertEquals(new TreeSet<>(List.of("deeper", "deeper/run.sh", "letter.txt")),
                fleet.awaitEqual("basic").keySet());
    }

    @Test
    void editsOnTwoDevicesAtOnceAreBothKept() throws Exception {
        a().write("conflict/plan.txt", "the plan");
        fleet.awaitEqual("conflict");
        for (Device device : List.of(a(), b())) {
            assertEquals(0, device.run("pause").code());
        }
        a().write("conflict/plan.txt", "the plan of A");
        b().write("conflict/plan.txt", "the plan of B");
        for (Device device : List.of(a(), b())) {
            assertEquals(0, device.run("resume").code());
        }
        Map<String, String> tree = fleet.awaitEqual("conflict");
        assertEquals(2, tree.size(), tree.toString());
        assertTrue(tree.containsKey("plan.txt"), tree.toString());
        for (String text : List.of("the plan of A", "the plan of B")) {
            assertTrue(tree.values().stream().anyMatch(line -> line.contains(Tree.sha256(text))), tree.toString());
        }
        // a third one settles it: what was the other version goes, on all of them, and they are safe again
        String copy = tree.keySet().stream().filter(name -> !name.equals("plan.txt")).findFirst().orElseThrow();
        Files.delete(c().path("conflict").resolve(copy));
        assertEquals(1, fleet.awaitEqual("conflict").size());
    }

    @Test
    void savingAsEditorsDoIsOneEditOfOneFile() throws Exception {
        for (String name : List.of("vim.txt", "office.odt", "kate.txt")) {
            a().write("editors/" + name, "first");
        }
        fleet.awaitEqual("editors");
        for (int i = 0; i < 3; i++) {
            asVim(a().path("editors"), "vim.txt", "vim " + i);
            asOffice(b().path("editors"), "office.odt", "office " + i);
            asKate(c().path("editors"), "kate.txt", "kate " + i);
        }
        Map<String, String> tree = fleet.awaitEqual("editors");
        assertEquals(new TreeSet<>(List.of("kate.txt", "office.odt", "vim.txt")), tree.keySet());
        assertText("vim 2", tree, "vim.txt");
        assertText("office 2", tree, "office.odt");
        assertText("kate 2", tree, "kate.txt");
    }

    /// A swap file while it is open, a probe, the old file renamed away, a new one in its place.
    private static void asVim(Path where, String name, String text) throws IOException {
        Path swap = Files.writeString(where.resolve("." + name + ".swp"), "b0VIM 9.1");
        Files.delete(Files.writeString(where.resolve("4913"), ""));
        Path backup = Files.move(where.resolve(name), where.resolve(name + "~"));
        Files.writeString(where.resolve(name), text, StandardOpenOption.CREATE_NEW);
        Files.delete(backup);
        Files.delete(swap);
    }

    /// A lock file, a temporary file, and one rename over the old one.
    private static void asOffice(Path where, String name, String text) throws IOException {
        Path lock = Files.writeString(where.resolve(".~lock." + name + "#"), ",somebody,");
        Path temporary = Files.writeString(where.resolve("lu1234abcd.tmp"), text);
        Files.move(temporary, where.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(lock);
    }

    /// Emptied and written again.
    private static void asKate(Path where, String name, String text) throws IOException {
        Files.writeString(where.resolve(name), "", StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(where.resolve(name), text);
    }

    @Test
    void aGitRepositoryIsWholeOnEveryDevice() throws Exception {
        assumeTrue(fleet.has("git"), "no git here");
        Path repository = Files.createDirectories(a().path("project"));
        String git = "git -C '" + repository + "' -c user.name=a -c user.email=a@example.org ";
        fleet.shell(git + "init -q -b main\n" + "cd '" + repository + "'\n"
                + "for i in 1 2 3 4 5 6 7 8 9; do echo main $i > f$i; done\n" + git + "add .\n"
                + git + "commit -qm one\n" + git + "checkout -qb other\n"
                + "rm f1 f2; echo other > f3; mkdir d; echo d > d/f\n"
                + git + "add -A\n" + git + "commit -qm two\n");
        for (int i = 0; i < 5; i++) {
            fleet.shell(git + "checkout -q main\n" + git + "checkout -q other\n");
        }
        fleet.awaitEqual("project");
        for (Device device : devices) {
            String there = "git -C '" + device.path("project") + "' -c safe.directory='*' ";
            fleet.shell(there + "fsck --strict\ntest \"$(" + there + "rev-parse --abbrev-ref HEAD)\" = other\n");
            assertEquals("other\n", Files.readString(device.path("project/f3")));
        }
        // an edit on another machine: the index git keeps there is as good as here
        fleet.shell("cd '" + b().path("project") + "'\n" + git.replace(repository.toString(),
                b().path("project").toString()) + "-c safe.directory='*' checkout -q main\n");
        Map<String, String> tree = fleet.awaitEqual("project");
        assertText("main 1\n", tree, "f1");
        assertFalse(tree.containsKey("d/f"), tree.toString());
    }

    @Test
    void copiesAndArchivesArriveWithTheirTimesAndRights() throws Exception {
        Path source = Files.createDirectories(directory.resolve("source"));
        fleet.shell("cd '" + source + "'\nmkdir -p p/q\necho one > p/one\necho two > p/q/two\nchmod 755 p/one\n"
                + "ln -s ../one p/q/link\ntouch -d '2001-02-03 04:05:06' p/one p/q/two\n");
        Files.createDirectories(b().path("copies"));
        fleet.shell("cp -a '" + source + "/p' '" + b().path("copies/by-cp") + "'");
        fleet.shell("cd '" + source + "'; tar cf ../p.tar p; mkdir '" + b().path("copies/by-tar")
                + "'; tar xf ../p.tar -C '"
                + b().path("copies/by-tar") + "'");
        if (fleet.has("rsync")) {
            fleet.shell("rsync -a '" + source + "/p/' '" + b().path("copies/by-rsync") + "/'");
        }
        if (fleet.has("zip") && fleet.has("unzip")) {
            fleet.shell(
                    "cd '" + source + "'; zip -qr ../p.zip p; unzip -qd '" + b().path("copies/by-zip") + "' ../p.zip");
        }
        Map<String, String> tree = fleet.awaitEqual("copies");
        assertEquals(tree.get("by-cp/one"), tree.get("by-tar/p/one"));
        assertTrue(tree.getOrDefault("by-cp/one", "").contains(" x "), tree.toString());
        assertEquals("link ../one", tree.get("by-cp/q/link"));
    }

    @Test
    void killedDevicesGoOnWhereTheyWere() throws Exception {
        // seeded, so that the order of things is the same each time; when the kill hits is up to the machine
        java.util.Random random = new java.util.Random(4711);
        for (int round = 0; round < 4; round++) {
            Device victim = devices.get(random.nextInt(3));
            Device writer = devices.get(random.nextInt(3));
            for (int i = 0; i < 15; i++) {
                writer.write("kills/r" + round + "/f" + i,
                        "round " + round + " file " + i + " " + "x".repeat(i * 1000));
            }
            victim.running().stillRunsAfter(random.nextInt(1500));
            victim.kill();
            writer.write("kills/r" + round + "/f3", "changed while " + victim.name + " was dead");
            victim.start();
        }
        Map<String, String> tree = fleet.awaitEqual("kills");
        assertEquals(4 * 16, tree.size(), tree.toString());
        for (int round = 0; round < 4; round++) {
            assertText("round " + round + " file 0 ", tree, "r" + round + "/f0");
        }
    }

    @Test
    void aNodeMayBeAwayForAWhile() throws Exception {
        fleet.node(1).kill();
        a().write("away/one", "written while a node was away");
        Device lone = b();
        fleet.awaitCode(3, lone, "status");
        fleet.node(1).restart();
        lone.write("away/two", "written when it was back");
        Map<String, String> tree = fleet.awaitEqual("away");
        assertEquals(2, tree.size(), tree.toString());
        fleet.awaitCode(0, lone, "status");
    }

    @Test
    void everyCommandThatReadsWorksWhileItRuns() throws Exception {
        a().write("past/letter.txt", "version one");
        fleet.awaitEqual("past");
        a().write("past/letter.txt", "version two");
        fleet.awaitEqual("past");
        String letter = a().path("past/letter.txt").toString();
        assertEquals("version two", ended(0, "cat", letter).out());
        assertTrue(ended(0, "ls", a().path("past").toString()).out().contains("past/letter.txt"));
        ended(0, "plan", "--json");
        ended(0, "status", letter);
        ended(0, "settings");
        ended(0, "limits", "--up", "none");
        ended(0, "check");
        assertEquals(4, a().run("run").code());
    }

    private Ended ended(int code, String... arguments) throws IOException, InterruptedException {
        Ended ended = a().run(arguments);
        assertEquals(code, ended.code(), () -> String.join(" ", arguments) + "\n" + ended.out() + ended.err());
        return ended;
    }

    @Test
    @Order(LAST - 1)
    void twoThousandSmallFilesComeAndTheirDeletionWaitsForAWord() throws Exception {
        for (int directory = 0; directory < 100; directory++) {
            for (int file = 0; file < 20; file++) {
                a().write("web/node_modules/m" + directory + "/lib/f" + file + ".js",
                        "exports." + directory + "_" + file);
            }
        }
        assertEquals(2000, files(fleet.awaitEqual("web")));

        fleet.shell("rm -rf '" + a().path("web/node_modules") + "'");
        String id = heldId();
        assertEquals(2000, files(Tree.of(b().path("web"))), "nothing may leave before somebody said so");
        assertEquals(0, a().run("put-back", id).code());
        assertEquals(2000, files(fleet.awaitEqual("web")));

        fleet.shell("rm -rf '" + c().path("web/node_modules") + "'");
        for (Device device : List.of(c(), a(), b())) {
            // each computer asks before it deletes so much, whoever else was asked
            Ended held = fleet.awaitCode(7, device, "held", "--json");
            assertEquals(0, device.run("approve", id(held)).code());
        }
        assertEquals(0, files(fleet.awaitEqual("web")));
    }

    private String heldId() throws IOException, InterruptedException {
        Ended status = fleet.awaitCode(7, a(), "status");
        assertTrue(status.out().contains("Held back"), status.out());
        return id(ended(7, "held", "--json"));
    }

    private static String id(Ended held) {
        return JsonMapper.shared().readTree(held.out()).get("held").get(0).get("id").asString();
    }

    private static long files(Map<String, String> tree) {
        return tree.values().stream().filter(line -> line.startsWith("file")).count();
    }

    @Test
    @Order(LAST)
    void inTheEndAllAreEqualSafeAndStopWithinTwoSecondsWhenTold() throws Exception {
        fleet.awaitAllEqual();
        String names = devices.stream().map(device -> device.running().process().isAlive() ? device.name : "dead")
                .collect(Collectors.joining());
        assertEquals("ABC", names);
        for (Device device : devices) {
            long before = System.nanoTime();
            Ended ended = device.stop();
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertEquals(0, ended.code(), ended.err());
            assertFalse(ended.err().contains("\tat "), ended.err());
            // two seconds are promised on a machine that has time; here many processes share it
            assertTrue(millis < 10_000, device.name + " took " + millis + " ms");
            assertFalse(Files.exists(directory.resolve("home-" + device.name).resolve("control")));
            assertEquals(0, device.run("status").code());
        }
    }
}
