package org.stratobox.sync.reconcile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Random histories of two to four devices that edit, delete, rename, hear old news and fail to write some of it to their
/// disks. In the end everybody talks until nothing changes; then all hold the same, show the same, and have lost nothing.
class JoinSimulationTest {
    private static final int SEEDS_PER_CASE = 500;
    private static final int OPERATIONS = 150;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6})
    void devicesAgreeAndLoseNothing(double failure) {
        for (int seed = 0; seed < SEEDS_PER_CASE; seed++) {
            run(seed, failure);
        }
    }

    private static void run(long seed, double failure) {
        String where = "seed " + seed + " failure " + failure;
        Random random = new Random(seed);
        SimulatedMesh mesh = new SimulatedMesh(random, 2 + random.nextInt(3));
        for (int i = 0; i < OPERATIONS; i++) {
            SimulatedDevice device = mesh.devices.get(random.nextInt(mesh.devices.size()));
            if (random.nextInt(10) < 6) {
                mesh.userDoesSomething(device);
            } else {
                mesh.sync(device, false, failure);
            }
        }
        assertTrue(mesh.settles(), where + ": no rest");
        SimulatedDevice first = mesh.devices.getFirst();
        for (SimulatedDevice device : mesh.devices) {
            assertEquals(first.state, device.state, where + ": states differ");
            assertEquals(first.disk, device.disk, where + ": disks differ");
            assertEquals(SimulatedDevice.view(device.state), device.disk, where + ": disk is not the view");
        }
        Set<String> lost = new HashSet<>(mesh.written);
        lost.removeAll(mesh.replaced);
        lost.removeAll(first.disk.values());
        assertEquals(Set.of(), lost, where + ": lost");
        joinObeysItsLaws(mesh, where);
    }

    /// Over all states any device ever published.
    private static void joinObeysItsLaws(SimulatedMesh mesh, String where) {
        List<FolderState> published = new ArrayList<>(mesh.published());
        Collections.shuffle(published, mesh.random);
        StateJoin join = SimulatedDevice.JOIN;
        for (int i = 0; i + 1 < Math.min(published.size(), 8); i++) {
            FolderState a = published.get(i);
            FolderState b = published.get(i + 1);
            FolderState ab = join.join(a, b);
            assertEquals(ab, join.join(b, a), where + ": not commutative");
            assertEquals(a, join.join(a, a), where + ": not idempotent");
            assertEquals(ab, join.join(ab, a), where + ": not absorbing");
            assertEquals(ab, join.join(ab, b), where + ": not absorbing");
        }
    }

    /// The devices and the heads they published.
    private static final class SimulatedMesh {
        private static final List<String> NAMES = List.of("a", "b", "a/x", "a/y", "b/x", "c", "a/z", "a/z/q");
        final Random random;
        final List<SimulatedDevice> devices = new ArrayList<>();
        final Set<String> written = new HashSet<>();
        final Set<String> replaced = new HashSet<>();
        private long clock;
        private int contents;

        SimulatedMesh(Random random, int count) {
            this.random = random;
            for (int i = 0; i < count; i++) {
                devices.add(new SimulatedDevice(Entries.device(i)));
            }
        }

        List<FolderState> published() {
            return devices.stream().flatMap(d -> d.heads.stream()).toList();
        }

        long tick() {
            clock += random.nextInt(10) < 8 ? 60_000 : 0;
            return clock;
        }

        void sync(SimulatedDevice device, boolean fresh, double failure) {
            device.ingest(this::tick);
            for (SimulatedDevice other : devices) {
                List<FolderState> known = other.heads;
                if (other.equals(device) || known.isEmpty()) {
                    continue;
                }
                if (fresh || random.nextInt(10) >= 3) {
                    device.merge(known.getLast());
                } else if (random.nextBoolean()) {
                    device.merge(known.get(random.nextInt(known.size())));
                }
            }
            device.apply(() -> !fresh && random.nextDouble() < failure);
            device.heads.add(device.state);
        }

        boolean settles() {
            for (int round = 0; round < 12; round++) {
                List<Object> before = snapshot();
                devices.forEach(device -> sync(device, true, 0));
                if (before.equals(snapshot())) {
                    return true;
                }
            }
            return false;
        }

        private List<Object> snapshot() {
            List<Object> all = new ArrayList<>();
            devices.forEach(device -> all.addAll(List.of(Map.copyOf(device.disk), device.state)));
            return all;
        }

        void userDoesSomething(SimulatedDevice device) {
            List<String> candidates = new ArrayList<>(NAMES);
            candidates.addAll(device.disk.keySet().stream().sorted().toList());
            String path = candidates.get(random.nextInt(candidates.size()));
            int what = random.nextInt(100);
            if (what < 50) {
                write(device, path);
            } else if (what < 65) {
                if (device.hasDirectoryFor(path)) {
                    device.disk.putIfAbsent(path, SimulatedDevice.DIRECTORY);
                }
            } else if (what < 85) {
                delete(device, path);
            } else {
                rename(device, path, NAMES.get(random.nextInt(NAMES.size())));
            }
        }

        private void write(SimulatedDevice device, String path) {
            if (!device.hasDirectoryFor(path) || SimulatedDevice.DIRECTORY.equals(device.disk.get(path))) {
                return;
            }
            contents++;
            String content = "v" + (random.nextInt(10) > 0 ? contents : Math.max(1, contents - 1));
            written.add(content);
            String old = device.disk.put(path, content);
            if (old != null) {
                replaced.add(old);
            }
        }

        private void delete(SimulatedDevice device, String path) {
            device.below(path).forEach(gone -> replaced.add(device.disk.remove(gone)));
        }

        private static void rename(SimulatedDevice device, String from, String to) {
            if (!device.disk.containsKey(from) || device.disk.containsKey(to) || to.startsWith(from + "/")
                    || !device.hasDirectoryFor(to)) {
                return;
            }
            device.below(from).forEach(p -> device.disk.put(to + p.substring(from.length()), device.disk.remove(p)));
        }
    }

}
