package org.stratobox.app.error;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FailureCodeTest {
    @Test
    void ofIsTheSameForTheSameFaultWhateverItsMessage() {
        assertEquals(FailureCode.of(thrown("one")).text(), FailureCode.of(thrown("two")).text());
        assertNotEquals(FailureCode.of(thrown("one")).text(),
                FailureCode.of(new IllegalArgumentException(thrown("one"))).text());
        assertTrue(FailureCode.of(thrown("one")).text().matches("[0-9A-V]{4}-[0-9A-V]{4}"));
    }

    @Test
    void ofKeepsClassesAndMethodsAndNoMessage() {
        FailureCode code = FailureCode.of(new IllegalStateException("outer secret", thrown("inner secret")));
        String trace = String.join("\n", code.trace());
        assertFalse(trace.contains("secret"), trace);
        assertTrue(trace.contains("caused by java.lang.ArithmeticException"), trace);
        assertTrue(trace.contains("FailureCodeTest.thrown"), trace);
    }

    private static ArithmeticException thrown(String message) {
        return new ArithmeticException(message);
    }
}
