package org.stratobox.sync.simulation;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stratobox.sync.localfs.FileStat;
import org.stratobox.sync.localfs.LocalDisk;

/// A disk that tells the engine something it did not look at.
final class MutantDisk {
    private final LocalDisk inner;
    private final Mutant mutant;
    private final Map<Path, FileStat> remembered = new HashMap<>();

    private MutantDisk(LocalDisk inner, Mutant mutant) {
        this.inner = inner;
        this.mutant = mutant;
    }

    static LocalDisk around(LocalDisk inner, Mutant mutant) {
        MutantDisk disk = new MutantDisk(inner, mutant);
        return (LocalDisk) Proxy.newProxyInstance(MutantDisk.class.getClassLoader(), new Class<?>[]{LocalDisk.class},
                (_, method, arguments) -> disk.answer(method, arguments));
    }

    private Object answer(Method method, Object[] arguments) throws Throwable {
        return switch (mutant) {
            case ERRORS_ARE_ABSENCE -> absent(method, arguments);
            case BLIND -> blind(method, arguments);
            default -> call(method, arguments);
        };
    }

    private Object absent(Method method, Object[] arguments) throws Throwable {
        try {
            return call(method, arguments);
        } catch (IOException e) {
            return switch (method.getName()) {
                case "list" -> List.of();
                case "look" -> Optional.empty();
                case "stat" -> throw new NoSuchFileException("absent");
                default -> throw e;
            };
        }
    }

    private Object blind(Method method, Object[] arguments) throws Throwable {
        Object answer = call(method, arguments);
        switch (method.getName()) {
            case "stat" -> remembered.put((Path) arguments[0], (FileStat) answer);
            case "exchange" -> {
                remember((Path) arguments[1], Optional.ofNullable(remembered.get((Path) arguments[0])));
                remembered.remove((Path) arguments[0]);
            }
            case "renameNoReplace" -> {
                remember((Path) arguments[1], Optional.ofNullable(remembered.get((Path) arguments[0])));
                remembered.remove((Path) arguments[0]);
            }
            case "look" -> {
                Optional<FileStat> seen = Optional.ofNullable(remembered.get((Path) arguments[0]));
                return seen.isPresent() && ((Optional<?>) answer).isPresent() ? seen : answer;
            }
            default -> {
                // nothing to remember
            }
        }
        return answer;
    }

    private void remember(Path path, Optional<FileStat> stat) {
        remembered.remove(path);
        stat.ifPresent(seen -> remembered.put(path, seen));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
