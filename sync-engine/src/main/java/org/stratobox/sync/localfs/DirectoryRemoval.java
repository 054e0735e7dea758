package org.stratobox.sync.localfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// `rmdir`, which removes nothing but an empty directory. `Files.delete` looks first and then unlinks whatever it saw, so a
/// file that takes the directory's place meanwhile would be gone.
final class DirectoryRemoval {
    private static final boolean LINUX = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    private static final Optional<MethodHandle> RMDIR = NativeCalls.function("rmdir",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private DirectoryRemoval() {}

    /// @param directory a directory a moment ago
    /// @return it, gone
    /// @throws IOException if it is still there
    static Path remove(Path directory) throws IOException {
        if (RMDIR.isEmpty()) {
            Files.delete(directory);
            return directory;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = NativeCalls.state(arena);
            int result = (int) RMDIR.get().invokeExact(state, arena.allocateFrom(directory.toString()));
            if (result == 0) {
                return directory;
            }
            throw NativeCalls.failure(NativeCalls.errno(state), LINUX);
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a call of the system could not be made", e);
        }
    }
}
