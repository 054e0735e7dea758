package org.stratobox.app.control;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.stratobox.app.control.Wire.Call;
import org.stratobox.app.control.Wire.Failed;
import org.stratobox.app.control.Wire.Handle;
import org.stratobox.app.control.Wire.Item;
import org.stratobox.app.control.Wire.Reply;
import org.stratobox.app.control.Wire.Value;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The asking side: makes objects whose methods are called in the other process.
final class RemoteConnection {
    private final Lines lines;
    // guarded by this
    private long calls;

    RemoteConnection(Lines lines) {
        this.lines = lines;
    }

    /// @param <T> one of the interfaces of [Face]
    /// @param face the same
    /// @param number of the object in the other process
    /// @return the object, here
    <T> T face(Class<T> face, int number) {
        return face.cast(Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[]{face},
                new Remote(this, face, number)));
    }

    private record Remote(RemoteConnection connection, Class<?> face, int number) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
            }
            if (method.getName().equals("close") && number <= 1) {
                if (number == 0) {
                    connection.lines.close();
                }
                return null;
            }
            if (method.getReturnType() == Running.class) {
                throw new StratoboxException(Reason.HOME_IN_USE,
                        "Stratobox is running already with this home. Nothing was changed.");
            }
            return connection.call(number, method, arguments == null ? new Object[0] : arguments);
        }
    }

    private synchronized @Nullable Object call(int object, Method method, Object[] arguments)
            throws StratoboxException {
        try {
            return talk(object, method, arguments);
        } catch (IOException | JacksonException e) {
            abandon();
            // an interrupt closes the connection, and with it the call in the other process ends
            throw Thread.currentThread().isInterrupted()
                    ? new StratoboxException(Reason.CANCELLED, "Stopped. Nothing is lost.", e)
                    : new StratoboxException(Reason.FAILED, "The Stratobox that is running ended, or the result could "
                            + "not be written. Nothing is lost; repeating the command is safe.", e);
        } catch (RuntimeException e) {
            // somebody here did not want more: the rest of the answer must not be taken for the next one's
            abandon();
            throw e;
        }
    }

    private void abandon() {
        try {
            lines.close();
        } catch (IOException _) {
            // then it is gone already
        }
    }

    private @Nullable Object talk(int object, Method method, Object[] arguments)
            throws IOException, StratoboxException {
        long id = ++calls;
        byte[] line = Wire.MAPPER.writeValueAsBytes(
                new Call(Wire.VERSION, id, object, method.getName(), values(method, arguments)));
        lines.write(line);
        Arrays.fill(line, (byte) 0);
        while (true) {
            Reply reply = Wire.MAPPER.readValue(lines.read(), Reply.class);
            if (reply.id() != id) {
                throw new IOException("an answer to another call");
            }
            switch (reply) {
                case Item item -> deliver(method, item, arguments[item.argument()]);
                case Value value -> {
                    return value(value.value(), method.getGenericReturnType());
                }
                case Handle handle -> {
                    return face(method.getReturnType(), handle.object());
                }
                case Failed failed -> throw new StratoboxException(Reason.valueOf(failed.reason()), failed.message());
            }
        }
    }

    private static List<JsonNode> values(Method method, Object[] arguments) {
        List<JsonNode> values = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            values.add(Face.items(method, i).isPresent()
                    ? Wire.MAPPER.nullNode()
                    : Wire.MAPPER.valueToTree(arguments[i]));
        }
        return values;
    }

    private static void deliver(Method method, Item item, Object argument) throws IOException {
        Type type = Face.items(method, item.argument()).orElseThrow(() -> new IOException("no such argument"));
        Object value = Wire.MAPPER.convertValue(item.value(), Wire.MAPPER.constructType(type));
        if (argument instanceof OutputStream stream && value instanceof byte[] bytes) {
            stream.write(bytes);
        } else if (argument instanceof Consumer<?> consumer) {
            @SuppressWarnings("unchecked")
            Consumer<Object> any = (Consumer<Object>) consumer;
            any.accept(value);
        }
    }

    private static @Nullable Object value(JsonNode value, Type type) {
        return type == void.class ? null : Wire.MAPPER.convertValue(value, Wire.MAPPER.constructType(type));
    }
}
