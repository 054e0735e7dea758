package org.stratobox.sync.localfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Bringing many written files onto the disk. One `fsync` for each of thousands of small files costs more than writing them;
/// Linux can flush a whole file system at once (`syncfs`, which reports write errors since 5.8).
public final class DiskFlush {
    /// From so many files on the whole file system is flushed.
    private static final int MANY = 64;
    private static final int READ_ONLY = 0;
    private static final Optional<Native> NATIVE = lookUp();

    private DiskFlush() {}

    private record Native(MethodHandle open, MethodHandle syncfs, MethodHandle close) {}

    /// @param files complete and closed, all on one file system
    /// @throws IOException if it is not certain that all of them are on the disk
    public static void flush(List<Path> files) throws IOException {
        if (files.size() >= MANY && NATIVE.isPresent() && flushed(NATIVE.get(), files.getFirst())) {
            return;
        }
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /// Native access is granted on the command line of the product and of its tests.
    @SuppressWarnings("restricted")
    private static Optional<Native> lookUp() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        FunctionDescriptor onDescriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return library.find("open").flatMap(open -> library.find("syncfs").flatMap(sync -> library.find("close")
                .map(close -> new Native(
                        linker.downcallHandle(open,
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                                Linker.Option.firstVariadicArg(2)),
                        linker.downcallHandle(sync, onDescriptor), linker.downcallHandle(close, onDescriptor)))));
    }

    /// @return whether the system says that everything is on the disk
    private static boolean flushed(Native system, Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            int descriptor = (int) system.open().invokeExact(path, READ_ONLY);
            if (descriptor < 0) {
                return false;
            }
            int result = (int) system.syncfs().invokeExact(descriptor);
            int closed = (int) system.close().invokeExact(descriptor);
            return result == 0 && closed == 0;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            return false;
        }
    }
}
