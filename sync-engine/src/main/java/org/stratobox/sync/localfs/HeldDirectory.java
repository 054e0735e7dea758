package org.stratobox.sync.localfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;

/// A directory that was reached without following any link, and stays the one it was while it is held, whatever others
/// rename. Linux opens it in one step that refuses links (`openat2`, 5.6) and names what is in it through the open
/// descriptor; elsewhere every component is looked at, and a link put there within the next microseconds would be followed.
final class HeldDirectory implements AutoCloseable {
    private static final long OPENAT2 = 437;
    private static final int AT_FDCWD = -100;
    private static final long RESOLVE_NO_SYMLINKS = 4;
    private static final long HOW_BYTES = 24;
    private static final int ELOOP = 40;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Optional<Native> NATIVE = lookUp();

    private final Path path;
    private final int descriptor;

    private record Native(MethodHandle syscall, MethodHandle close, long flags) {}

    private HeldDirectory(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    private static Optional<Native> lookUp() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                || !Files.isDirectory(DESCRIPTORS)) {
            return Optional.empty();
        }
        // O_PATH | O_CLOEXEC | O_DIRECTORY, whose value depends on the processor
        boolean arm = System.getProperty("os.arch").startsWith("aarch");
        long flags = 010000000 | 02000000 | (arm ? 040000 : 0200000);
        Optional<MethodHandle> syscall = NativeCalls.function("syscall",
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        Optional<MethodHandle> close = NativeCalls.function("close",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        return syscall.flatMap(s -> close.map(c -> new Native(s, c, flags)))
                .filter(n -> open(n, Path.of("/"), false) >= 0);
    }

    /// @param directory absolute and real
    /// @return it, held
    /// @throws LinkInPath if it is a link, or one is on the way
    /// @throws IOException if it is not there or is no directory
    static HeldDirectory of(Path directory) throws IOException {
        if (NATIVE.isEmpty()) {
            requireReal(directory);
            return new HeldDirectory(directory, -1);
        }
        int result = open(NATIVE.get(), directory, true);
        if (result >= 0) {
            return new HeldDirectory(DESCRIPTORS.resolve(Integer.toString(result)), result);
        }
        if (-result == ELOOP) {
            throw new LinkInPath();
        }
        throw NativeCalls.failure(-result, true);
    }

    /// @return a descriptor, or the error number, negative; a probe closes the descriptor again
    private static int open(Native system, Path directory, boolean keep) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = NativeCalls.state(arena);
            MemorySegment how = arena.allocate(HOW_BYTES, Long.BYTES);
            how.set(ValueLayout.JAVA_LONG, 0, system.flags());
            how.set(ValueLayout.JAVA_LONG, 2 * Long.BYTES, RESOLVE_NO_SYMLINKS);
            long result = (long) system.syscall().invokeExact(state, OPENAT2, (long) AT_FDCWD,
                    arena.allocateFrom(directory.toString()), how, HOW_BYTES);
            if (result < 0) {
                return -NativeCalls.errno(state);
            }
            if (!keep) {
                close(system, (int) result);
            }
            return (int) result;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            return -NativeCalls.EINVAL;
        }
    }

    private static void close(Native system, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) system.close().invokeExact(NativeCalls.state(arena), descriptor);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the system could not be made", e);
        }
    }

    /// @throws LinkInPath if the directory is a link, or one is on the way
    /// @throws IOException if it is not there or is no directory
    private static void requireReal(Path directory) throws IOException {
        Path at = directory.getRoot();
        for (Path name : directory) {
            at = at == null ? name : at.resolve(name);
            BasicFileAttributes there = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (there.isSymbolicLink()) {
                throw new LinkInPath();
            }
            if (!there.isDirectory()) {
                throw new NotDirectoryException("");
            }
        }
    }

    /// @return a path of the directory itself, good while it is held
    Path path() {
        return path;
    }

    /// @param child path of something in this directory
    /// @return a path of it, good while this is held
    Path child(Path child) {
        return path.resolve(child.getFileName());
    }

    @Override
    public void close() {
        if (descriptor >= 0) {
            close(NATIVE.orElseThrow(), descriptor);
        }
    }
}
