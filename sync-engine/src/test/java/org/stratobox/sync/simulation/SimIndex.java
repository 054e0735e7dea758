package org.stratobox.sync.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.stratobox.sync.index.SyncIndex;

/// The real index, with somebody who is told before and after each transaction. A proxy, so that it needs no word about
/// tables it does not care for.
final class SimIndex implements InvocationHandler {
    private final SyncIndex inner;
    private final Listener listener;

    private SimIndex(SyncIndex inner, Listener listener) {
        this.inner = inner;
        this.listener = listener;
    }

    /// Is told what the product does with its index.
    interface Listener {
        /// Before a write of its own or a transaction.
        void before(String what);

        /// A transaction runs: the program must not be stopped before it has ended.
        void transacting(boolean isTransacting);

        /// Something was committed.
        ///
        /// @param isDurable whether a power cut cannot take it back
        void committed(boolean isDurable);
    }

    static SyncIndex around(SyncIndex inner, Listener listener) {
        return (SyncIndex) Proxy.newProxyInstance(SimIndex.class.getClassLoader(), new Class<?>[]{SyncIndex.class},
                new SimIndex(inner, listener));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        boolean isWrite = name.startsWith("set") || name.startsWith("transact");
        if (!isWrite) {
            return call(method, arguments);
        }
        listener.before(name);
        listener.transacting(true);
        try {
            Object answer = call(method, arguments);
            listener.committed(name.endsWith("Durably"));
            return answer;
        } finally {
            listener.transacting(false);
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
