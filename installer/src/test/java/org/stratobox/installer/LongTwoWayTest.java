package org.stratobox.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.installer.Fleet.Device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The same for longer and with more: only with `-Dstratobox.long=true`, which takes some ten minutes.
@Timeout(value = 1, unit = TimeUnit.HOURS)
class LongTwoWayTest {
    @TempDir
    Path directory = Path.of("");

    private Fleet fleet = new Fleet(directory);

    @BeforeEach
    void startAll() throws Exception {
        assumeTrue(Boolean.getBoolean("stratobox.long"),
                "SKIPPED: the long runs of several devices. Run them with: mvn verify -Dstratobox.long=true");
        fleet = new Fleet(directory);
        fleet.start(3, 4);
    }

    @AfterEach
    void stopAll() {
        fleet.close();
    }

    @Test
    void nothingIsLostWhateverPeopleAndMachinesDo() throws Exception {
        long seed = Long.getLong("stratobox.seed", 20_261_120L);
        Random random = new Random(seed);
        List<String> kept = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            Device device = fleet.devices().get(random.nextInt(fleet.devices().size()));
            switch (random.nextInt(12)) {
                case 0 -> crash(device, random);
                case 1 -> nodeAway(random);
                case 2, 3 -> rename(device, random);
                default -> {
                    // written once under a name of its own: nobody may lose it
                    String text = "step " + step + " on " + device.name;
                    device.write("mine/" + device.name + "/" + step, text);
                    kept.add(text);
                    // and one that everybody fights for
                    device.write("shared/" + random.nextInt(20), text);
                }
            }
            device.running().stillRunsAfter(random.nextInt(800));
        }
        fleet.awaitAllEqual();
        Map<String, String> tree = Tree.of(fleet.device(0).folder);
        for (String text : kept) {
            assertTrue(tree.values().stream().anyMatch(line -> line.contains(Tree.sha256(text))),
                    () -> "seed " + seed + " lost " + text);
        }
    }

    private static void crash(Device device, Random random) throws IOException, InterruptedException {
        device.kill();
        device.write("mine/" + device.name + "/dead" + random.nextInt(), "written while nothing ran");
        device.start();
    }

    private void nodeAway(Random random) throws IOException, InterruptedException {
        Fleet.Node node = fleet.node(random.nextInt(3));
        node.kill();
        fleet.device(0).running().stillRunsAfter(random.nextInt(3000));
        node.restart();
    }

    private static void rename(Device device, Random random) throws IOException {
        Path from = device.path("shared/" + random.nextInt(20));
        if (Files.exists(from)) {
            Files.move(from, device.path("shared/" + random.nextInt(20) + "-" + random.nextInt(3)),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void twentyThousandFilesArriveAndADirectoryOfThemIsRenamed() throws Exception {
        Device first = fleet.device(0);
        for (int i = 0; i < 20_000; i++) {
            first.write("many/d" + i / 200 + "/f" + i, "file " + i);
        }
        assertEquals(20_100, fleet.awaitEqual("many").size());
        Files.move(first.path("many"), first.path("moved"));
        fleet.awaitEqual("many");
        assertEquals(20_100, fleet.awaitEqual("moved").size());
    }
}
