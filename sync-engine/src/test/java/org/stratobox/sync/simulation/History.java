package org.stratobox.sync.simulation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

import org.stratobox.sync.api.SyncReport;
import org.stratobox.sync.localfs.FolderMarker;
import org.stratobox.sync.localfs.Room;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.simulation.disk.SimDisk;
import org.stratobox.sync.simulation.disk.SimDisk.Operation;
import org.stratobox.sync.simulation.mesh.NodeStore;
import org.stratobox.sync.simulation.mesh.SimNode;
import org.stratobox.sync.simulation.mesh.Weather;
import org.stratobox.sync.simulation.world.Chance;
import org.stratobox.sync.simulation.world.World;

/// One seed from the first step to the last check.
final class History implements SimDevice.Steps {
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_ROUNDS = 24;
    private static final int STEPS_OF_A_PASS = 400;
    private final World world;
    private final Chance chance;
    private final Plan plan;
    private final Mutant mutant;
    private final Ledger ledger = new Ledger();
    private final SimUser user;
    private final List<SimDevice> devices = new ArrayList<>();
    private final List<NodeStore> nodes = new ArrayList<>();
    private final List<Crash> crashes = new ArrayList<>();
    private boolean isCalm;
    private boolean isInterfering;
    private long changes;

    private static final class Crash {
        private final SimDevice device;
        private final boolean isPowerCut;
        private int stepsLeft;
        private boolean isDone;

        Crash(SimDevice device, int stepsLeft, boolean isPowerCut) {
            this.device = device;
            this.stepsLeft = stepsLeft;
            this.isPowerCut = isPowerCut;
        }
    }

    /// @param world of the seed
    /// @param homes an empty directory of this machine, best in memory
    /// @param mutant what is broken on purpose
    History(World world, Path homes, Mutant mutant) {
        this.world = world;
        this.mutant = mutant;
        this.chance = world.chance();
        plan = Plan.of(chance);
        user = new SimUser(world, ledger, plan.names());
        world.trace().say("plan", plan.toString());
        Template template = Template.of(plan.nodes(), plan.devices().size());
        for (int i = 0; i < plan.nodes(); i++) {
            NodeStore node = new NodeStore(Template.spec(i));
            node.in(Space.KEYS).putAll(template.records());
            node.snapshot();
            nodes.add(node);
        }
        for (int i = 0; i < plan.devices().size(); i++) {
            devices.add(new SimDevice(world, i, template.devices().get(i), plan.devices().get(i), homes, this));
        }
    }

    /// Plays everything.
    ///
    /// @throws SimulationFailure if an invariant does not hold
    void play() {
        try {
            for (int i = 0; i < plan.actions(); i++) {
                something();
            }
            rest();
            new Invariants(world, ledger, devices).check();
        } catch (IllegalStateException e) {
            throw new SimulationFailure("the run broke: " + e.getMessage(), e);
        } finally {
            devices.forEach(SimDevice::end);
            world.scheduler().end();
        }
    }

    private void something() {
        SimDevice device = chance.of(devices);
        switch (chance.below(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> user.act(device, Optional.empty());
            case 11, 12, 13, 14, 15 -> pass(device);
            case 16 -> device.finishWriting(ledger);
            case 17 -> turns(1 + chance.below(2000));
            case 18 -> turns(1 + chance.below(200));
            default -> world.time().pass(chance.between(0, 4) * chance.between(0, 600) * SECOND);
        }
        turns(chance.below(60));
    }

    private void pass(SimDevice device) {
        if (device.isPassing()) {
            return;
        }
        if (chance.happens(plan.crash())) {
            crashes.add(new Crash(device, chance.below(STEPS_OF_A_PASS), chance.happens(plan.powerCut())));
        }
        device.pass();
        if (chance.happens(0.5)) {
            finish();
        }
    }

    private boolean anyPassing() {
        return devices.stream().anyMatch(SimDevice::isPassing);
    }

    private void turns(int most) {
        int[] left = {most};
        while (anyPassing() && left[0] > 0) {
            world.scheduler().run(() -> !anyPassing() || left[0]-- <= 0 || hasCrash());
            restart();
        }
    }

    private void finish() {
        while (anyPassing()) {
            world.scheduler().run(() -> !anyPassing() || hasCrash());
            restart();
        }
    }

    private boolean hasCrash() {
        return crashes.stream().anyMatch(crash -> crash.isDone);
    }

    private void restart() {
        for (Crash crash : List.copyOf(crashes)) {
            if (crash.isDone) {
                crashes.remove(crash);
                if (crash.isPowerCut) {
                    excuse(crash.device);
                } else {
                    crash.device.restart();
                }
            }
        }
    }

    /// What a user wrote and nobody forced is nobody's fault.
    private void excuse(SimDevice device) {
        List<Integer> before = tokens(device);
        device.restartAfterPowerCut();
        before.removeAll(tokens(device));
        before.forEach(ledger::excused);
    }

    private List<Integer> tokens(SimDevice device) {
        List<Integer> out = new ArrayList<>();
        View.everything(device.tree()).values().forEach(data -> ledger.token(data).ifPresent(out::add));
        return out;
    }

    /// Nothing goes wrong any more; everybody passes until nothing changes.
    private void rest() {
        isCalm = true;
        crashes.clear();
        devices.forEach(device -> device.finishWriting(ledger));
        nodes.forEach(node -> {
            node.crash(0);
            node.fill(false);
        });
        finish();
        int quiet = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            world.time().pass(3600 * SECOND);
            devices.forEach(device -> user.isThere(device));
            quiet = isQuiet() ? quiet + 1 : 0;
            if (quiet == 2) {
                return;
            }
        }
        throw new SimulationFailure("I1", "nobody comes to rest");
    }

    /// @return whether a pass of everybody changed nothing
    private boolean isQuiet() {
        List<SortedMap<String, String>> before = devices.stream().map(d -> View.shown(d.tree())).toList();
        changes = 0;
        boolean published = false;
        for (SimDevice device : devices) {
            device.pass();
            finish();
            published |= device.lastReport().map(SyncReport::published).orElse(true);
            device.lastFailure().ifPresent(failure -> world.trace().say(device.name(), "while calm: " + failure));
        }
        world.trace().say("round", "changes " + changes + (published ? ", published" : ""));
        return before.equals(devices.stream().map(d -> View.shown(d.tree())).toList()) && !published && changes == 0;
    }

    // ---- what happens at each step

    @Override
    public void step(SimDevice device, String what, Optional<Path> path) {
        world.trace().say(device.name(), path.map(p -> what + " " + p).orElse(what));
        world.time().pass(chance.between(1_000, 3_000_000));
        if (!isCalm) {
            interfere(device, path);
            crash(device);
        }
        if (chance.happens(plan.switching())) {
            device.program().letOthers();
        }
        device.program().stopIfKilled();
    }

    private void interfere(SimDevice device, Optional<Path> path) {
        if (!isInterfering && path.isPresent() && chance.happens(plan.interference())) {
            isInterfering = true;
            user.act(chance.happens(0.8) ? device : chance.of(devices), path);
            isInterfering = false;
        }
    }

    private void crash(SimDevice device) {
        for (Crash crash : crashes) {
            if (crash.device.equals(device) && !crash.isDone && --crash.stepsLeft <= 0 && !device.isTransacting()) {
                crash.isDone = true;
                world.tally().add(crash.isPowerCut ? "power cut" : "kill");
                world.trace().say(device.name(), crash.isPowerCut ? "POWER CUT" : "KILL");
                device.program().kill();
            }
        }
    }

    @Override
    public Mutant mutant() {
        return mutant;
    }

    @Override
    public MeshNode node(SimDevice device, NodeSpec spec) {
        NodeStore store = nodes.stream().filter(n -> n.spec().id().equals(spec.id())).findFirst().orElseThrow();
        return new SimNode(world, store, device.program(), new SimNode.Line() {
            @Override
            public void before(String what) {
                step(device, "node " + what, Optional.empty());
            }

            @Override
            public boolean keeps(Space space) {
                return mutant != Mutant.HEAD_WITHOUT_INDEX || space != Space.INDEX;
            }

            @Override
            public Weather weather() {
                return isCalm ? Weather.FINE : plan.weather();
            }
        });
    }

    @Override
    public SimDisk.Surroundings surroundings(SimDevice device) {
        return new SimDisk.Surroundings() {
            @Override
            public void before(Operation operation, Path path) throws IOException {
                step(device, "disk " + operation, Optional.of(path));
                if (!isCalm && chance.happens(plan.diskFault())) {
                    world.tally().add("disk fault at " + operation);
                    world.trace().say(device.name(), "  fails");
                    throw chance.happens(0.3)
                            ? new AccessDeniedException("denied")
                            : new FileSystemException("device", null, "Input/output error");
                }
            }

            @Override
            public void after(Operation operation, Path path) {
                world.tally().add("disk " + operation);
                device.tree().find(path).ifPresent(inode -> ledger.shown(device.name(), path.toString(), inode.data()));
                View.walk(device.tree(), path,
                        (below, inode) -> ledger.shown(device.name(), below.toString(), inode.data()));
                boolean isOwn = path.getNameCount() > SimDevice.ROOT.getNameCount()
                        && path.getName(SimDevice.ROOT.getNameCount()).toString().equals(FolderMarker.OWN_PREFIX);
                if (!isOwn) {
                    changes++;
                }
                if (!path.startsWith(SimDevice.ROOT)) {
                    throw new SimulationFailure("I9", operation + " outside of the folder");
                }
            }

            @Override
            public Room room() {
                return new Room(1L << 40, 1L << 41);
            }

            @Override
            public void take(long bytes) throws IOException {
                if (!isCalm && chance.happens(plan.diskFault())) {
                    world.tally().add("disk full");
                    throw new FileSystemException("device", null, "No space left on device");
                }
            }
        };
    }
}
