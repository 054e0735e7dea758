package org.stratobox.app.control;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.stratobox.crypto.wallet.Mnemonic;

/// Stands for every object of an open home: remembers what it is asked, and answers with a sample unless told otherwise.
final class Recorder implements InvocationHandler {
    /// What was called, with arguments that were values, in order.
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Answer> answers = new HashMap<>();

    /// What a method does.
    interface Answer {
        @Nullable
        Object of(Object[] arguments) throws Exception;
    }

    void when(String method, Answer answer) {
        answers.put(method, answer);
    }

    <T> T face(Class<T> face) {
        return face.cast(Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[]{face}, this));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        calls.add(method.getName() + Arrays.stream(arguments).filter(a -> a.getClass().getPackageName().length() > 0)
                .filter(a -> !isCallback(a)).map(Recorder::shown).toList());
        Answer answer = answers.get(method.getName());
        if (answer != null) {
            return answer.of(arguments);
        }
        return Face.isFace(method.getReturnType())
                ? face(method.getReturnType())
                : method.getReturnType() == void.class ? null : Samples.of(method.getGenericReturnType());
    }

    static boolean isCallback(Object argument) {
        return argument instanceof java.util.function.Consumer || argument instanceof java.io.OutputStream;
    }

    static String shown(Object argument) {
        return argument instanceof Mnemonic words ? new String(words.exposeWords()) : argument.toString();
    }

    static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            Object result = method.invoke(target, arguments);
            return result == null ? "nothing" : result;
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
