package org.stratobox.app.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C and a termination signal into an interrupt of the working thread, waits until it has stopped cleanly, and
/// ends the process with the code it came to.
final class Stop {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code;

    private Stop() {}

    /// @param worker interrupted when the process is told to stop
    /// @return to be told when the worker is done
    static Stop install(Thread worker) {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.onShutdown(worker), "stop"));
        return stop;
    }

    /// @param exitCode of the work that ended
    void finished(int exitCode) {
        code = exitCode;
        finished.countDown();
    }

    private void onShutdown(Thread worker) {
        if (finished.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException _) {
            // nobody interrupts a shutdown hook; if so, the process just ends
        }
    }
}
