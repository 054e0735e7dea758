package org.stratobox.sync.localfs;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Asks Linux for a read lease on a file, which it grants only if nobody has the file open for writing (`fcntl(2)`,
/// "Leases"), and gives it back at once. It works on files of the own user on local file systems; elsewhere nothing can be
/// told.
///
/// Whoever opens the file for writing while the lease is held, some microseconds, waits for that long, and the system
/// sends us a signal. The usual one would end the process; [#HARMLESS] is ignored by default.
public final class Leases implements OpenWriters {
    private static final int O_RDONLY = 0;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_RDLCK = 0;
    private static final int F_UNLCK = 2;
    /// SIGURG.
    private static final int HARMLESS = 23;
    private static final int EAGAIN = 11;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private final Native system;

    private Leases(Native system) {
        this.system = system;
    }

    private record Native(MethodHandle open, MethodHandle fcntl, MethodHandle close) {}

    /// @return leases where the system has them, else [OpenWriters#UNKNOWN]
    public static OpenWriters orUnknown() {
        return lookUp().<OpenWriters>map(Leases::new).orElse(OpenWriters.UNKNOWN);
    }

    /// Native access is granted on the command line of the product and of its tests.
    @SuppressWarnings("restricted")
    private static Optional<Native> lookUp() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        Linker.Option variadic = Linker.Option.firstVariadicArg(2);
        FunctionDescriptor open = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
        FunctionDescriptor control = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        FunctionDescriptor close = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        var library = linker.defaultLookup();
        return library.find("open").flatMap(o -> library.find("fcntl").flatMap(f -> library.find("close")
                .map(c -> new Native(linker.downcallHandle(o, open, variadic),
                        linker.downcallHandle(f, control, variadic, errno), linker.downcallHandle(c, close)))));
    }

    @Override
    public Answer ask(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            int descriptor = (int) system.open().invokeExact(path, flags());
            if (descriptor < 0) {
                return Answer.UNKNOWN;
            }
            try {
                return ask(descriptor, arena.allocate(STATE));
            } finally {
                int ignored = (int) system.close().invokeExact(descriptor);
            }
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            return Answer.UNKNOWN;
        }
    }

    private Answer ask(int descriptor, MemorySegment state) throws Throwable {
        if (control(state, descriptor, F_SETSIG, HARMLESS) != 0) {
            return Answer.UNKNOWN;
        }
        if (control(state, descriptor, F_SETLEASE, F_RDLCK) != 0) {
            return (int) ERRNO.get(state, 0L) == EAGAIN ? Answer.SOME : Answer.UNKNOWN;
        }
        return control(state, descriptor, F_SETLEASE, F_UNLCK) == 0 ? Answer.NONE : Answer.UNKNOWN;
    }

    private int control(MemorySegment state, int descriptor, int command, int argument) throws Throwable {
        return (int) system.fcntl().invokeExact(state, descriptor, command, argument);
    }

    private static int flags() {
        // never waits for the other end of a fifo
        return O_RDONLY | O_NONBLOCK | O_CLOEXEC;
    }
}
