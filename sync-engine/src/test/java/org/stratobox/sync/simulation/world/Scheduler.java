package org.stratobox.sync.simulation.world;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/// Runs every thread of a simulation on the calling thread, one at a time, in an order that chance decides.
///
/// The threads are virtual ones whose carrier is the thread that calls [#run]: whatever blocks in them (queues, locks,
/// futures) hands the carrier back, and the next turn is drawn among all that can go on. A program can so be stopped for
/// ever between any two turns, which is what a kill does to it: no `finally` runs.
///
/// The constructor of the platform that takes a scheduler is not public; `--add-opens=java.base/java.lang=ALL-UNNAMED`.
public final class Scheduler {
    private static final Constructor<?> BUILDER = builder();
    private final Chance chance;
    private final VirtualTime time;
    private final Thread runner = Thread.currentThread();
    /// Guarded by itself, for the case that a thread from outside makes one of ours ready.
    private final List<Turn> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
            Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
    private long alarmNumber;
    private @Nullable Throwable bug;
    private int fromOutside;

    private record Turn(Program program, Runnable continuation) {}

    private record Alarm(long at, long number, Program program, Thread sleeper) {}

    /// @param chance draws the turns
    /// @param time moves when everybody sleeps
    public Scheduler(Chance chance, VirtualTime time) {
        this.chance = chance;
        this.time = time;
    }

    private static Constructor<?> builder() {
        try {
            Constructor<?> made = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            made.setAccessible(true);
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no virtual threads with a scheduler of ours", e);
        }
    }

    /// A running program: its threads live and die together.
    public final class Program implements Executor {
        private final String name;
        private final Thread.Builder.OfVirtual threads;
        private boolean killed;

        private Program(String name) {
            this.name = name;
            try {
                threads = (Thread.Builder.OfVirtual) BUILDER.newInstance((Executor) this::makeReady);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private void makeReady(Runnable continuation) {
            synchronized (ready) {
                if (!Thread.currentThread().isVirtual() && !Thread.currentThread().equals(runner)) {
                    fromOutside++;
                }
                ready.add(new Turn(this, continuation));
                ready.notifyAll();
            }
        }

        /// Runs a task in an own thread of this program.
        @Override
        public void execute(Runnable task) {
            threads.start(() -> {
                try {
                    task.run();
                } catch (Throwable e) {
                    bug = bug == null ? e : bug;
                }
            });
        }

        /// Lets others go on. Call it in a thread of this program.
        @SuppressWarnings("ThreadPriorityCheck") // the scheduler is ours
        public void letOthers() {
            Thread.yield();
        }

        /// Sleeps in virtual time. Call it in a thread of this program.
        ///
        /// @param nanos how long
        public void sleep(long nanos) {
            alarms.add(new Alarm(time.nanos() + nanos, alarmNumber++, this, Thread.currentThread()));
            LockSupport.park();
        }

        /// Ends it: none of its threads ever goes on. If the caller is one of them, this does not return.
        public void kill() {
            killed = true;
        }

        /// Called by a thread of a program that may have been killed a moment ago.
        public void stopIfKilled() {
            while (killed) {
                LockSupport.park();
            }
        }

        /// @return whether it was killed
        public boolean isKilled() {
            return killed;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// @param name for the trace
    /// @return a program without threads
    public Program start(String name) {
        return new Program(name);
    }

    /// Runs turns until something holds.
    ///
    /// @param until asked before each turn
    /// @throws IllegalStateException if nobody can go on, or a thread ended with an exception that nobody caught
    public void run(BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            Optional<Turn> turn = next();
            if (turn.isEmpty()) {
                throw new IllegalStateException("everybody waits for somebody else");
            }
            if (!turn.get().program().isKilled()) {
                turn.get().continuation().run();
            }
            Throwable thrown = bug;
            if (thrown != null) {
                bug = null;
                throw new IllegalStateException("a thread died: " + thrown, thrown);
            }
        }
    }

    /// Forgets every thread: the simulation is over.
    public void end() {
        synchronized (ready) {
            ready.clear();
        }
        alarms.clear();
    }

    /// @return how often a thread outside the simulation made one inside ready, which spoils its order
    public int fromOutside() {
        return fromOutside;
    }

    private Optional<Turn> next() {
        Optional<Turn> turn = draw();
        while (turn.isEmpty() && ring()) {
            turn = draw();
        }
        return turn.or(this::fromElsewhere);
    }

    private Optional<Turn> draw() {
        synchronized (ready) {
            if (ready.isEmpty()) {
                return Optional.empty();
            }
            int chosen = ready.size() == 1 ? 0 : chance.below(ready.size());
            Turn last = ready.removeLast();
            return Optional.of(chosen == ready.size() ? last : ready.set(chosen, last));
        }
    }

    /// Nobody can go on: time passes until the first sleeper wakes.
    private boolean ring() {
        Alarm alarm = alarms.poll();
        if (alarm == null) {
            return false;
        }
        if (!alarm.program().isKilled()) {
            time.pass(Math.max(0, alarm.at() - time.nanos()));
            LockSupport.unpark(alarm.sleeper());
        }
        return true;
    }

    /// The platform hands a contended monitor over in a thread of its own.
    private Optional<Turn> fromElsewhere() {
        synchronized (ready) {
            for (int i = 0; i < 20 && ready.isEmpty(); i++) {
                try {
                    ready.wait(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        return draw();
    }
}
