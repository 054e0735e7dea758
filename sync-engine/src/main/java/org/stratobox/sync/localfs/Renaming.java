package org.stratobox.sync.localfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The renames Java does not have: exchanging two names, and taking a name only if it is free. `renameat2` of Linux,
/// `renamex_np` of macOS (`sync-disk.md` 3.2).
final class Renaming {
    private static final String SYSTEM = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    private static final boolean LINUX = SYSTEM.contains("linux");
    private static final boolean MAC = SYSTEM.contains("mac");
    private static final int AT_FDCWD = -100;
    private static final int NOT_THERE = -2;

    private static final Optional<MethodHandle> LINUX_RENAME = LINUX
            ? NativeCalls.function("renameat2", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
            : Optional.empty();
    private static final Optional<MethodHandle> MAC_RENAME = MAC
            ? NativeCalls.function("renamex_np", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
            : Optional.empty();

    private Renaming() {}

    /// Which rename.
    enum How {
        /// Only if the new name is free.
        NO_REPLACE(1, 4),
        /// Both names change places.
        EXCHANGE(2, 2);

        private final int linux;
        private final int mac;

        How(int linux, int mac) {
            this.linux = linux;
            this.mac = mac;
        }
    }

    /// @return whether it was done; false if this system or file system does not have it
    /// @throws IOException if it failed
    static boolean rename(Path from, Path to, How how) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = NativeCalls.state(arena);
            int result = call(state, arena.allocateFrom(from.toString()), arena.allocateFrom(to.toString()), how);
            if (result == 0) {
                return true;
            }
            int errno = NativeCalls.errno(state);
            if (result == NOT_THERE || NativeCalls.isUnsupported(errno)) {
                return false;
            }
            throw NativeCalls.failure(errno, LINUX);
        }
    }

    /// @param from an existing file
    /// @param to another one
    /// @return whether the file system looks and renames in one step
    static boolean isNoReplaceAtomic(Path from, Path to) throws IOException {
        try {
            return rename(from, to, How.NO_REPLACE);
        } catch (FileAlreadyExistsException e) {
            return true;
        }
    }

    private static int call(MemorySegment state, MemorySegment from, MemorySegment to, How how)
            throws IOException {
        try {
            if (LINUX_RENAME.isPresent()) {
                return (int) LINUX_RENAME.get().invokeExact(state, AT_FDCWD, from, AT_FDCWD, to, how.linux);
            }
            return MAC_RENAME.isPresent()
                    ? (int) MAC_RENAME.get().invokeExact(state, from, to, how.mac)
                    : NOT_THERE;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a call of the system could not be made", e);
        }
    }
}
