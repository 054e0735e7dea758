package org.stratobox.app.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A short stable code of an unexpected failure: the same fault gives the same code on every machine, so that it can be
/// searched for. Made of class and method names only; messages, which may name files, take no part.
///
/// @param text such as `K3F2-91QD`
/// @param trace class and method names, one line each, without any message
public record FailureCode(String text, List<String> trace) {
    private static final String OURS = "org.stratobox.";
    private static final int MAX_CAUSES = 8;

    /// Copies the list.
    public FailureCode {
        trace = List.copyOf(trace);
    }

    /// @param failure anything thrown
    /// @return its code
    public static FailureCode of(Throwable failure) {
        int hash = 17;
        List<String> trace = new ArrayList<>();
        Optional<Throwable> at = Optional.of(failure);
        for (int depth = 0; at.isPresent() && depth < MAX_CAUSES; depth++) {
            Throwable current = at.get();
            trace.add((depth == 0 ? "" : "caused by ") + current.getClass().getName());
            hash = 31 * hash + current.getClass().getName().hashCode();
            for (StackTraceElement frame : current.getStackTrace()) {
                trace.add("  at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
            }
            hash = 31 * hash + firstOwnFrame(current).hashCode();
            at = Optional.ofNullable(current.getCause());
        }
        return new FailureCode(spell(hash), trace);
    }

    /// Lambdas and line numbers change with every build; the method they stand in does not.
    private static String firstOwnFrame(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS) && !frame.getMethodName().startsWith("lambda$")) {
                return frame.getClassName() + "." + frame.getMethodName();
            }
        }
        return "";
    }

    private static String spell(int hash) {
        String digits = Long.toString(Integer.toUnsignedLong(hash) + (1L << 35), 32).toUpperCase(Locale.ROOT);
        return digits.substring(0, 4) + "-" + digits.substring(4);
    }
}
