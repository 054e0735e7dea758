package org.stratobox.sync.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.stratobox.crypto.Secret;
import org.stratobox.sync.engine.EngineParts;
import org.stratobox.sync.engine.SimulatedAccounts;
import org.stratobox.sync.mesh.NodeAddress;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.Id16;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.DeviceState;
import org.stratobox.sync.object.NodeRecord;
import org.stratobox.sync.simulation.mesh.NodeStore;
import org.stratobox.sync.simulation.mesh.SimNode;
import org.stratobox.sync.simulation.mesh.Weather;
import org.stratobox.sync.simulation.world.Scheduler.Program;
import org.stratobox.sync.simulation.world.World;

/// An account with its devices and nodes, made once: making keys is slow, and every run may start from the same ones.
///
/// @param devices what each device keeps
/// @param records what is on every node from the start
record Template(List<DeviceState> devices, Map<ObjectName, byte[]> records) {
    private static final Map<Size, Template> MADE = new ConcurrentHashMap<>();

    private record Size(int nodes, int devices) {}

    /// @param nodes how many the account has
    /// @param devices how many it has
    static Template of(int nodes, int devices) {
        return MADE.computeIfAbsent(new Size(nodes, devices), size -> make(nodes, devices));
    }

    /// @param number from 0
    static NodeSpec spec(int number) {
        return new NodeSpec(new NodeId(new Id16(9, number)), NodeAddress.parse("sim:" + number), "disk " + number);
    }

    private static Template make(int nodes, int deviceCount) {
        World world = World.of(nodes * 10L + deviceCount, false);
        Program program = world.scheduler().start("setup");
        NodeStore store = new NodeStore(spec(0));
        SimNode.Line line = new SimNode.Line() {
            @Override
            public void before(String what) {
                // nothing happens on the way
            }

            @Override
            public Weather weather() {
                return Weather.FINE;
            }
        };
        EngineParts parts = Machine.parts(world, program, world.time().new WallClock(0),
                spec -> new SimNode(world, spec.id().equals(store.spec().id()) ? store : new NodeStore(spec), program,
                        line));
        List<DeviceState> devices = new ArrayList<>();
        Outcome outcome = new Outcome();
        program.execute(() -> {
            try {
                List<NodeRecord> records = new ArrayList<>();
                for (int i = 0; i < nodes; i++) {
                    records.add(new NodeRecord(spec(i).id(), spec(i).address().toString(), spec(i).domain(),
                            Secret.takeOwnership(new byte[0])));
                }
                for (int i = 0; i < deviceCount; i++) {
                    devices.add(SimulatedAccounts.enrol(parts, records, "device " + i));
                }
                outcome.done = true;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        world.scheduler().run(() -> outcome.done);
        return new Template(List.copyOf(devices), newest(store));
    }

    private static final class Outcome {
        private boolean done;
    }

    /// Each device wrote its own record, then the account's, then the mesh's; of those two the newest says everything.
    private static Map<ObjectName, byte[]> newest(NodeStore store) {
        Map<ObjectName, byte[]> kept = new LinkedHashMap<>();
        List<ObjectName> names = store.names(Space.KEYS);
        for (int i = 0; i < names.size(); i++) {
            if (i % 3 == 0 || i >= names.size() - 2) {
                kept.put(names.get(i), store.find(Space.KEYS, names.get(i)).orElseThrow());
            }
        }
        return kept;
    }
}
