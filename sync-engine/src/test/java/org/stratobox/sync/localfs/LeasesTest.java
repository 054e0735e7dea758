package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.localfs.OpenWriters.Answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@EnabledOnOs(OS.LINUX)
class LeasesTest {
    @TempDir
    private Path temp = Path.of("");
    private final OpenWriters leases = Leases.orUnknown();

    @Test
    void askTellsWhetherAFileIsOpenForWriting() throws IOException {
        Path file = Files.writeString(temp.resolve("a file with a name of w\u00f6rds"), "x");
        assertEquals(Answer.NONE, leases.ask(file));
        try (FileChannel _ = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertEquals(Answer.SOME, leases.ask(file));
        }
        try (FileChannel _ = FileChannel.open(file, StandardOpenOption.READ)) {
            assertEquals(Answer.NONE, leases.ask(file));
        }
    }

    @Test
    void askCannotTellWhatIsNoFile() {
        assertEquals(Answer.UNKNOWN, leases.ask(temp.resolve("absent")));
        assertEquals(Answer.UNKNOWN, leases.ask(temp));
    }

    /// The system's usual signal to who holds a lease that somebody wants to break ends the process. A writer must only ever
    /// wait, and this process must survive.
    @Test
    void aWriterThatComesMeanwhileHarmsNobody() throws Exception {
        Path file = Files.writeString(temp.resolve("contended"), "x");
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Integer> writer = executor.submit(() -> {
                int writes = 0;
                while (!done.get() || writes < 1_000) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[]{1}));
                        writes++;
                    }
                }
                return writes;
            });
            int closed = 0;
            for (int i = 0; i < 50_000; i++) {
                Answer answer = leases.ask(file);
                assertNotEquals(Answer.UNKNOWN, answer);
                closed += answer == Answer.NONE ? 1 : 0;
            }
            done.set(true);
            assertTrue(writer.get() >= 1_000);
            assertTrue(closed > 0);
        }
        assertEquals(Answer.NONE, leases.ask(file));
    }
}
