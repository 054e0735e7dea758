package org.stratobox.sync.engine;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.UnaryOperator;

import org.stratobox.crypto.key.SystemEntropy;
import org.stratobox.crypto.keystore.KdfParameters;
import org.stratobox.sync.api.Stratobox;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.index.sqlite.SqliteIndex;
import org.stratobox.sync.localfs.LocalFiles;
import org.stratobox.sync.localfs.RealFiles;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.VerifyingNode;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.task.Tasks;

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

    private static Stratobox engine(LocalFiles files, Clock clock, UnaryOperator<MeshNode> around) {
        return new EngineFacade(new EngineParts(clock, System::nanoTime, new SystemEntropy(), new Tasks(2), files,
                (spec, credentials, tag) -> around
                        .apply(new VerifyingNode(FolderNode.open(spec, Path.of(spec.address().location()), tag))),
                SqliteIndex::open, request -> {
                    throw new StratoboxException(StratoboxException.Reason.USAGE, "no servers here");
                }, KdfParameters.FLOOR));
    }
}
