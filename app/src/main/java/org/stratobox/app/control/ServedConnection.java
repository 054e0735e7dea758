package org.stratobox.app.control;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.stratobox.app.control.Wire.Call;
import org.stratobox.app.control.Wire.Failed;
import org.stratobox.app.control.Wire.Handle;
import org.stratobox.app.control.Wire.Hello;
import org.stratobox.app.control.Wire.Item;
import org.stratobox.app.control.Wire.Reply;
import org.stratobox.app.control.Wire.Value;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;
import org.stratobox.sync.event.Progress;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One process that asks. When it goes away, its calls are interrupted and what it opened is closed.
final class ServedConnection {
    private static final int MAX_CALLS = 16;
    private static final int QUEUE = 256;
    private static final int CHUNK = 1 << 16;
    private static final int SECONDS_TO_READ = 30;
    private static final int FIRST_HANDLE = 2;
    private static final byte[] END = {};

    private final Lines lines;
    private final Served served;
    private final Executor workers;
    private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    // guarded by this
    private final Map<Integer, Held> objects = new HashMap<>();
    // guarded by this
    private final Set<Thread> working = new HashSet<>();
    // guarded by this
    private boolean closed;
    // guarded by this
    private int nextObject = FIRST_HANDLE;

    private record Held(Class<?> face, Object object) {}

    ServedConnection(Lines lines, Served served, Executor workers) {
        this.lines = lines;
        this.served = served;
        this.workers = workers;
        objects.put(0, new Held(Account.class, served.account()));
        objects.put(1, new Held(Running.class, served.running()));
    }

    /// Reads until the other side ends or this is closed.
    void run() {
        workers.execute(this::write);
        try {
            lines.write(Wire.MAPPER.writeValueAsBytes(new Hello(Wire.VERSION)));
            while (true) {
                byte[] line = lines.read();
                Call call = Wire.MAPPER.readValue(line, Call.class);
                Arrays.fill(line, (byte) 0);
                calls.acquire();
                workers.execute(() -> work(call));
            }
        } catch (IOException | JacksonException | InterruptedException _) {
            // gone, or it talks another language
        } finally {
            close();
            calls.acquireUninterruptibly(MAX_CALLS);
            closeObjects();
            outgoing.clear();
            outgoing.offer(END);
        }
    }

    /// Interrupts every call on its way; reading ends soon. Idempotent.
    void close() {
        synchronized (this) {
            closed = true;
            working.forEach(Thread::interrupt);
        }
        try {
            lines.close();
        } catch (IOException _) {
            // it is of no use any more in any case
        }
    }

    private synchronized boolean begin() {
        if (!closed) {
            working.add(Thread.currentThread());
        }
        return !closed;
    }

    private synchronized void end() {
        working.remove(Thread.currentThread());
    }

    private void work(Call call) {
        try {
            if (begin()) {
                send(answer(call));
            }
        } catch (UncheckedIOException _) {
            close();
        } finally {
            end();
            calls.release();
        }
    }

    private Reply answer(Call call) {
        try {
            Held target = held(call);
            Method method = Face.method(target.face(), call.method()).filter(m -> isOffered(call, m))
                    .orElseThrow(() -> unknown(call));
            return result(call, method, invoke(call, target.object(), method));
        } catch (StratoboxException e) {
            return new Failed(call.id(), e.reason().name(), e.getMessage() == null ? "" : e.getMessage());
        } catch (InvocationTargetException e) {
            return new Failed(call.id(), Reason.FAILED.name(), served.faults().tell(e.getTargetException()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new Failed(call.id(), Reason.FAILED.name(), served.faults().tell(e));
        }
    }

    /// Whoever asks cannot close what this process has opened for itself, nor run it twice.
    private static boolean isOffered(Call call, Method method) {
        return call.version() == Wire.VERSION && call.arguments().size() == method.getParameterCount()
                && (call.object() >= FIRST_HANDLE || !method.getName().equals("close"))
                && method.getReturnType() != Running.class;
    }

    private static StratoboxException unknown(Call call) {
        return new StratoboxException(Reason.FAILED, "The Stratobox that is running does not know \"" + call.method()
                + "\". Nothing was done. Is it of another version? Stop it and start it again.");
    }

    private synchronized Held held(Call call) throws StratoboxException {
        Held held = call.method().equals("close") ? objects.remove(call.object()) : objects.get(call.object());
        if (held == null) {
            throw unknown(call);
        }
        return held;
    }

    private Object invoke(Call call, Object target, Method method)
            throws StratoboxException, InvocationTargetException, IllegalAccessException {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(call, method, i);
        }
        try {
            Object result = method.invoke(target, arguments);
            for (Object argument : arguments) {
                if (argument instanceof OutputStream stream) {
                    stream.flush();
                }
            }
            return result == null ? Wire.MAPPER.nullNode() : result;
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof StratoboxException expected) {
                throw expected;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.stream(arguments).filter(Mnemonic.class::isInstance).forEach(words -> ((Mnemonic) words).close());
        }
    }

    private Object argument(Call call, Method method, int i) {
        if (method.getParameterTypes()[i] == OutputStream.class) {
            return new BufferedOutputStream(new Sending(call.id(), i), CHUNK);
        }
        if (method.getParameterTypes()[i] == Consumer.class) {
            Consumer<Object> consumer = value -> item(call.id(), i, value);
            return consumer;
        }
        return Wire.MAPPER.convertValue(call.arguments().get(i),
                Wire.MAPPER.constructType(method.getGenericParameterTypes()[i]));
    }

    private synchronized Reply result(Call call, Method method, Object result) {
        if (!Face.isFace(method.getReturnType())) {
            return new Value(call.id(), Wire.MAPPER.valueToTree(result));
        }
        int number = nextObject++;
        objects.put(number, new Held(method.getReturnType(), result));
        return new Handle(call.id(), number);
    }

    /// Progress that nobody has time for is dropped; anything else waits, for as long as a process may reasonably be busy.
    private void item(long id, int argument, Object value) {
        Item item = new Item(id, argument, Wire.MAPPER.<JsonNode>valueToTree(value));
        if (value instanceof Progress) {
            outgoing.offer(Wire.MAPPER.writerFor(Reply.class).writeValueAsBytes(item));
        } else {
            send(item);
        }
    }

    private void send(Reply reply) {
        try {
            if (!outgoing.offer(Wire.MAPPER.writerFor(Reply.class).writeValueAsBytes(reply), SECONDS_TO_READ,
                    TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("the other side does not read"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("the other side has ended", e));
        }
    }

    private void write() {
        try {
            for (byte[] line = outgoing.take(); line.length > 0; line = outgoing.take()) {
                lines.write(line);
            }
        } catch (IOException | InterruptedException _) {
            close();
        }
    }

    private synchronized List<Held> takeOpened() {
        List<Held> opened = objects.entrySet().stream().filter(e -> e.getKey() >= FIRST_HANDLE).map(Map.Entry::getValue)
                .toList();
        objects.clear();
        return opened;
    }

    private void closeObjects() {
        for (Held held : takeOpened()) {
            if (held.object() instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    served.faults().tell(e);
                }
            }
        }
    }

    /// Bytes for an argument of a call.
    private final class Sending extends OutputStream {
        private final long id;
        private final int argument;

        Sending(long id, int argument) {
            this.id = id;
            this.argument = argument;
        }

        @Override
        public void write(int b) {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            item(id, argument, Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }
}
