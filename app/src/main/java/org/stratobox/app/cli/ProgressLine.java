package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;

import org.stratobox.sync.event.Progress;

/// One line on a terminal that says how far a call is, at what rate and how long it will take; erased when done. Where
/// nobody looks it prints nothing. Called from the engine's threads.
final class ProgressLine implements Consumer<Progress>, AutoCloseable {
    private static final String ERASE = "\r\u001B[K";
    private static final int SETTLE_MILLIS = 2000;

    private final Screen screen;
    private final int columns;
    // guarded by this
    private Optional<Progress> phaseStart = Optional.empty();
    private boolean shown;
    private boolean closed;

    ProgressLine(Screen screen, Machine machine) {
        this.screen = screen;
        this.columns = machine.variable("COLUMNS").filter(text -> text.matches("[1-9][0-9]{1,3}"))
                .map(Integer::parseInt).orElse(80);
    }

    @Override
    public synchronized void accept(Progress progress) {
        if (!screen.terminal() || closed) {
            return;
        }
        if (phaseStart.isEmpty() || phaseStart.get().phase() != progress.phase()) {
            phaseStart = Optional.of(progress);
        }
        String text = text(progress, phaseStart.get());
        PrintStream err = screen.err();
        err.print(ERASE + (text.length() < columns ? text : text.substring(0, columns - 1)));
        err.flush();
        shown = true;
    }

    @Override
    public void close() {
        erase();
    }

    /// Erases the line, so that the result can be printed; later reports are ignored.
    synchronized void erase() {
        closed = true;
        if (shown) {
            screen.err().print(ERASE);
            screen.err().flush();
            shown = false;
        }
    }

    static String text(Progress now, Progress phaseStart) {
        StringBuilder line = new StringBuilder(verb(now.phase()));
        if (now.filesTotal() > 0) {
            line.append("  ").append(now.filesDone()).append(" of ").append(Figures.count(now.filesTotal(), "file"));
        }
        if (now.bytesTotal() > 0) {
            line.append(", ").append(Figures.size(now.bytesDone())).append(" of ")
                    .append(Figures.size(now.bytesTotal()));
        }
        long millis = now.elapsedMillis() - phaseStart.elapsedMillis();
        long bytes = now.bytesDone() - phaseStart.bytesDone();
        if (millis >= SETTLE_MILLIS && bytes > 0) {
            line.append(", ").append(Figures.rate(bytes, millis));
            long left = now.bytesTotal() - now.bytesDone();
            if (left > 0) {
                line.append(", ").append(Figures.duration(Math.round((double) left * millis / bytes))).append(" left");
            }
        }
        return line.toString();
    }

    private static String verb(Progress.Phase phase) {
        return switch (phase) {
            case CONNECTING -> "Asking the nodes";
            case SCANNING -> "Looking for changes";
            case UPLOADING -> "Uploading";
            case PUBLISHING -> "Finishing";
            case RESTORING -> "Restoring";
            case CHECKING -> "Checking";
        };
    }
}
