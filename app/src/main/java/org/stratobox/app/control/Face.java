package org.stratobox.app.control;

import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Brakes;
import org.stratobox.sync.api.Devices;
import org.stratobox.sync.api.History;
import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.Selection;

/// The table of what may be called from another process: the methods of these interfaces, by name, and nothing else. What
/// one of them returns is either another of them, which stays where it is and gets a number, or a value that travels.
final class Face {
    private static final Map<Class<?>, Map<String, Method>> TABLE = table();

    private Face() {}

    static List<Class<?>> all() {
        return List.copyOf(TABLE.keySet());
    }

    static boolean isFace(Class<?> type) {
        return TABLE.containsKey(type);
    }

    static Optional<Method> method(Class<?> face, String name) {
        return Optional.ofNullable(TABLE.getOrDefault(face, Map.of()).get(name));
    }

    /// @return the type of what an argument takes many of; empty if it is a value
    static Optional<Type> items(Method method, int argument) {
        Class<?> raw = method.getParameterTypes()[argument];
        if (raw == OutputStream.class) {
            return Optional.of(byte[].class);
        }
        return raw == Consumer.class && method.getGenericParameterTypes()[argument] instanceof ParameterizedType of
                ? Optional.of(of.getActualTypeArguments()[0])
                : Optional.empty();
    }

    private static Map<Class<?>, Map<String, Method>> table() {
        Map<Class<?>, Map<String, Method>> table = new HashMap<>();
        for (Class<?> face : List.of(Account.class, Running.class, Brakes.class, Selection.class, History.class,
                Past.class, Ignores.class, Devices.class, Account.Restorable.class)) {
            Map<String, Method> methods = new HashMap<>();
            Arrays.stream(face.getDeclaredMethods()).filter(m -> !m.isSynthetic())
                    .forEach(m -> methods.put(m.getName(), m));
            table.put(face, Map.copyOf(methods));
        }
        return Map.copyOf(table);
    }
}
