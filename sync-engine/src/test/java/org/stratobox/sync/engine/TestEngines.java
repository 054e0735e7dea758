package org.stratobox.sync.engine;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.stratobox.crypto.key.SystemEntropy;
import org.stratobox.crypto.keystore.KdfParameters;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.localfs.OpenWriters;
import org.stratobox.sync.localfs.RealDisk;
import org.stratobox.sync.localfs.RealFiles;
import org.stratobox.sync.mesh.Bandwidth;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.VerifyingNode;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.pace.PowerState;
import org.stratobox.sync.task.Tasks;
import org.stratobox.sync.watch.FolderWatcher;

/// Engines over real folders with one part replaced: a disk, a clock or nodes that misbehave as told.
final class TestEngines {
    private TestEngines() {}

    static Stratobox withFiles(LocalFiles files) {
        return engine(files, Clock.systemUTC(), node -> node);
    }

    static Stratobox withClock(Clock clock) {
        return engine(new RealFiles(), clock, node -> node);
    }

    /// Without retries, so that a failure that is meant is not waited out.
    static Stratobox withNodes(UnaryOperator<MeshNode> around) {
        return engine(new RealFiles(), Clock.systemUTC(), around);
    }

    /// Nodes under the clock of a test, which also sees the index.
    static Stratobox with(Clock clock, UnaryOperator<MeshNode> around, Consumer<SyncIndex> opened) {
        return engine(new RealFiles(), clock, around, (file, key) -> {
            SyncIndex index = SqliteIndex.open(file, key);
            opened.accept(index);
            return index;
        });
    }

    /// Nothing is told by the system: everything is found by scans.
    private static final Outside OUTSIDE = new Outside(FolderWatcher.NONE, OpenWriters.UNKNOWN, PowerState.UNKNOWN,
            new Bandwidth(System::nanoTime, _ -> {}), () -> 0.5);

    private static Stratobox engine(LocalFiles files, Clock clock, UnaryOperator<MeshNode> around) {
        return engine(files, clock, around, SqliteIndex::open);
    }

    private static Stratobox engine(LocalFiles files, Clock clock, UnaryOperator<MeshNode> around,
            EngineParts.IndexOpener indexes) {
        return new EngineFacade(new EngineParts(clock, System::nanoTime, new SystemEntropy(), new Tasks(2),
                new RealDisk(files),
                (spec, credentials, tag) -> around
                        .apply(new VerifyingNode(FolderNode.open(spec, Path.of(spec.address().location()), tag))),
                indexes, request -> {
                    throw new StratoboxException(StratoboxException.Reason.USAGE, "no servers here");
                }, KdfParameters.FLOOR, OUTSIDE));
    }
}
