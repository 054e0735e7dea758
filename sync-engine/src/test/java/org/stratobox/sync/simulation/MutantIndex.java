package org.stratobox.sync.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.index.EntryIndex;
import org.stratobox.sync.index.EntryIndex.Known;
import org.stratobox.sync.index.IntentTable;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.model.Entry;

/// The real index with one mistake in it.
final class MutantIndex {
    private MutantIndex() {}

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    static SyncIndex around(SyncIndex inner, Mutant mutant) {
        return proxy(SyncIndex.class, (method, arguments) -> switch (method.getName()) {
            case "entries" -> entries(inner.entries(), mutant);
            case "intents" -> mutant == Mutant.JOURNAL_DROPPED ? forgetful(inner.intents()) : inner.intents();
            default -> call(inner, method, arguments);
        });
    }

    private static IntentTable forgetful(IntentTable inner) {
        return proxy(IntentTable.class, (method, arguments) -> method.getName().equals("open")
                ? List.of()
                : call(inner, method, arguments));
    }

    private static EntryIndex entries(EntryIndex inner, Mutant mutant) {
        return proxy(EntryIndex.class, (method, arguments) -> switch (mutant) {
            case TOMBSTONE_FORGOTTEN -> forgetTombstones(inner, method, arguments);
            case DELETES_WIN -> deletesWin(inner, method, arguments);
            case MERGED_VECTOR -> mergedVector(call(inner, method, arguments));
            default -> call(inner, method, arguments);
        });
    }

    private static Object forgetTombstones(EntryIndex inner, Method method, Object[] arguments) throws Throwable {
        boolean isTombstone = method.getName().equals("putState") && !((Entry) arguments[2]).isLive();
        return isTombstone
                ? inner.ensure((Long) arguments[0], (String) arguments[1])
                : call(inner, method, arguments);
    }

    private static Object deletesWin(EntryIndex inner, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("putState")) {
            Entry entry = (Entry) arguments[2];
            Optional<Entry> tombstone = inner.find((Long) arguments[0], (String) arguments[1])
                    .flatMap(Known::state).filter(state -> !state.isLive());
            if (entry.isLive() && tombstone.isPresent()) {
                return inner.putState((Long) arguments[0], (String) arguments[1],
                        tombstone.get().withVersion(entry.version().join(tombstone.get().version())));
            }
        }
        return call(inner, method, arguments);
    }

    private static Object mergedVector(Object answer) {
        return answer instanceof Known known && known.base().isPresent() && known.state().isPresent()
                ? new Known(known.row(), known.name(),
                        Optional.of(known.base().get().withVersion(
                                known.base().get().version().join(known.state().get().version()))),
                        known.evidence(), known.state())
                : answer;
    }

    private static Object call(Object inner, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (_, method, arguments) -> answer.to(method, arguments)));
    }
}
