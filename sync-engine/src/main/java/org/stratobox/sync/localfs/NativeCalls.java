package org.stratobox.sync.localfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/// Finding functions of the C library and calling them: the error number of a call, and what it means in Java. Native access
/// is granted on the command line of the product and of its tests.
final class NativeCalls {
    static final int ENOENT = 2;
    static final int EINVAL = 22;

    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;
    private static final int ENOTSUP_MAC = 45;
    private static final int ENOTEMPTY = 39;
    private static final int ENOTEMPTY_MAC = 66;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    /// `strerror` answers with a text of the library's own, far shorter than this.
    private static final long LONGEST_TEXT = 1024;
    private static final Optional<MethodHandle> STRERROR = find("strerror",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private NativeCalls() {}

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> find(String name, FunctionDescriptor signature, Linker.Option... options) {
        SymbolLookup library = LINKER.defaultLookup();
        return library.find(name).map(at -> LINKER.downcallHandle(at, signature, options));
    }

    /// @param name of a function of the C library that returns an `int` or `long` and sets the error number
    /// @param signature its types
    /// @param options of the linker besides
    /// @return a handle whose first argument is the memory of [#state], or empty where there is no such function
    static Optional<MethodHandle> function(String name, FunctionDescriptor signature, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return find(name, signature, all);
    }

    /// @return memory for the error number of a call
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    /// @return the error number the last call with that memory left
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /// @return whether the error says that the system or the file system does not have the operation
    static boolean isUnsupported(int errno) {
        return errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP || errno == ENOTSUP_MAC;
    }

    /// @return what the error means; without a path
    static IOException failure(int errno, boolean isLinux) {
        String reason = text(errno);
        return switch (errno) {
            case ENOENT -> new NoSuchFileException("", null, reason);
            case EEXIST -> new FileAlreadyExistsException("", null, reason);
            case EACCES, EPERM -> new AccessDeniedException("", null, reason);
            case ENOTDIR -> new NotDirectoryException("");
            default -> errno == (isLinux ? ENOTEMPTY : ENOTEMPTY_MAC)
                    ? new DirectoryNotEmptyException("")
                    : new FileSystemException("", null, reason);
        };
    }

    @SuppressWarnings("restricted")
    private static String text(int errno) {
        try {
            if (STRERROR.isEmpty()) {
                return "error " + errno;
            }
            MemorySegment text = (MemorySegment) STRERROR.get().invokeExact(errno);
            return text.reinterpret(LONGEST_TEXT).getString(0);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            return "error " + errno;
        }
    }
}
