package org.stratobox.sync.simulation;

import java.util.function.Function;

import org.stratobox.crypto.keystore.KdfParameters;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.engine.EngineParts;
import org.stratobox.sync.engine.Outside;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.LocalDisk;
import org.stratobox.sync.localfs.OpenWriters;
import org.stratobox.sync.mesh.Bandwidth;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.mesh.VerifyingNode;
import org.stratobox.sync.pace.PowerState;
import org.stratobox.sync.simulation.disk.DiskProfile;
import org.stratobox.sync.simulation.disk.FileTree;
import org.stratobox.sync.simulation.disk.SimDisk;
import org.stratobox.sync.simulation.world.Scheduler.Program;
import org.stratobox.sync.simulation.world.VirtualTime;
import org.stratobox.sync.simulation.world.World;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.watch.FolderWatcher;

/// What the engine is given on a simulated machine.
final class Machine {
    private Machine() {}

    /// A machine whose disk nobody uses.
    static EngineParts parts(World world, Program program, VirtualTime.WallClock clock,
            Function<NodeSpec, MeshNode> nodes) {
        FileTree tree = new FileTree(DiskProfile.EXT4, clock::wallNanos);
        return parts(world, program, clock, nodes, new SimDisk(tree, Quiet.DISK), SqliteIndex::open);
    }

    static EngineParts parts(World world, Program program, VirtualTime.WallClock clock,
            Function<NodeSpec, MeshNode> nodes, LocalDisk disk, EngineParts.IndexOpener indexes) {
        return new EngineParts(clock, world.time()::nanos, world.chance()::bytes, Tasks.on(program), disk,
                (spec, _, _) -> new VerifyingNode(nodes.apply(spec)), indexes, _ -> {
                    throw new StratoboxException(StratoboxException.Reason.USAGE, "no servers here");
                }, KdfParameters.FLOOR, outside(world, program));
    }

    private static Outside outside(World world, Program program) {
        return new Outside(FolderWatcher.NONE, OpenWriters.UNKNOWN, PowerState.UNKNOWN,
                new Bandwidth(world.time()::nanos, duration -> program.sleep(duration.toNanos())), () -> 0.5);
    }
}
