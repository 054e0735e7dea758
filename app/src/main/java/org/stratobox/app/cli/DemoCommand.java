package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.demo.TreeRemoval;
import org.stratobox.app.error.Sentences;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The whole story on this machine, in a temporary directory that is removed afterwards.
@Command(name = "demo", mixinStandardHelpOptions = true, description = "See the whole story on this computer: protect a folder, lose a node, get everything back.")
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "A folder to copy for it; never changed (default: samples).")
    private @Nullable Path directory;

    @Option(names = "--keep", order = 1, description = "Keep the files of the demonstration.")
    private boolean keep;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws StratoboxException {
        Optional<Path> source = directory == null ? Optional.empty() : Optional.of(readable(directory));
        Path work = workDirectory();
        try (DemoRun run = new DemoRun(session, work, source)) {
            return run.run(keep);
        } catch (IOException failure) {
            throw new StratoboxException(Reason.FAILED, "The demonstration could not go on: files in " + work
                    + " could not be written or read (is the disk full?). Your own files were not touched.", failure);
        } finally {
            if (!keep) {
                cleanUp(work);
            }
        }
    }

    private static Path readable(Path directory) throws StratoboxException {
        if (!Files.isDirectory(directory)) {
            throw Sentences.usage("There is no folder " + directory + ".");
        }
        try {
            return directory.toRealPath();
        } catch (IOException _) {
            throw Sentences.usage("The folder " + directory + " cannot be read.");
        }
    }

    private Path workDirectory() throws StratoboxException {
        Path temporary = session.machine().temporary();
        try {
            return Files.createTempDirectory(temporary, "stratobox-demo-").toRealPath();
        } catch (IOException failure) {
            throw new StratoboxException(Reason.FAILED, "Nothing can be written to " + temporary
                    + ". Set TMPDIR to a directory with space.", failure);
        }
    }

    private void cleanUp(Path work) {
        try {
            TreeRemoval.remove(work);
        } catch (IOException _) {
            session.screen().err().println("The demonstration's files in " + work + " could not all be removed.");
        }
    }
}
