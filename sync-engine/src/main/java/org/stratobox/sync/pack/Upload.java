package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.task.Cancellation;

/// Puts several objects on several nodes at once and knows when enough of them are safe. Used once, by one thread; the
/// puts run on virtual threads and have all ended when [#run] returns.
///
/// A part whose node fails goes to a spare node, if there is one. Nodes that failed lately are not tried while the others
/// can make it safe, so that a dead node does not cost every pack a time-out.
final class Upload {
    private final MeshStore.Tools tools;
    private final Subject subject;
    private final Goal goal;
    private final Deque<NodeLink> spares;
    private final Cancellation cancellation = new Cancellation();
    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final List<Part> skipped = new ArrayList<>();
    private final Map<Integer, NodeLink> stored = new TreeMap<>();
    private final List<NodeFailure> failures = new ArrayList<>();
    private final List<Throwable> bugs = new ArrayList<>();
    private int running;
    private long graceEnds;
    private boolean safe;

    /// What is put where.
    record Part(int index, ObjectName name, ByteBuffer body, NodeLink node) {
        Part on(NodeLink other) {
            return new Part(index, name, body, other);
        }
    }

    /// What all parts belong to.
    ///
    /// @param space which kind they are
    /// @param id the pack's, or the name of the one object
    record Subject(Space space, Digest256 id) {}

    /// When enough is stored: so many different units.
    ///
    /// @param needed how many
    /// @param unit what counts once: the node or its domain
    record Goal(int needed, Function<NodeLink, Object> unit) {}

    /// @param stored which part is on which node
    /// @param failures why others are not
    /// @param units how many different units hold something
    record Result(Map<Integer, NodeLink> stored, List<NodeFailure> failures, int units) {}

    private sealed interface Ending {
        record Stored(Part part) implements Ending {}

        record Failed(Part part, NodeException cause) implements Ending {}

        record Cancelled() implements Ending {}

        record Broken(Throwable bug) implements Ending {}
    }

    Upload(MeshStore.Tools tools, Subject subject, Goal goal, List<NodeLink> spares) {
        this.tools = tools;
        this.subject = subject;
        this.goal = goal;
        this.spares = new ArrayDeque<>(spares);
    }

    /// @return what was stored; the caller decides whether it is enough
    Result run(List<Part> parts) throws InterruptedException {
        boolean healthySuffice = healthyUnits(parts) >= goal.needed();
        try {
            for (Part part : parts) {
                if (healthySuffice && part.node().standing().isAvoidedForPuts()) {
                    moveOrSkip(part);
                } else {
                    start(part);
                }
            }
            while (running > 0 && take()) {
                if (running == 0 && !safe) {
                    startSkipped();
                }
            }
        } finally {
            end();
        }
        if (!bugs.isEmpty()) {
            throw new IllegalStateException("a put broke", bugs.getFirst());
        }
        return new Result(stored, failures, units());
    }

    /// @return false if the grace is over
    private boolean take() throws InterruptedException {
        Optional<Ending> ending = safe
                ? Optional.ofNullable(
                        endings.poll(Math.max(0, graceEnds - tools.ticker().nanos()), TimeUnit.NANOSECONDS))
                : Optional.of(endings.take());
        ending.ifPresent(this::handle);
        return ending.isPresent();
    }

    private void handle(Ending ending) {
        running--;
        switch (ending) {
            case Ending.Stored done -> {
                stored.put(done.part().index(), done.part().node());
                if (!safe && units() >= goal.needed()) {
                    safe = true;
                    graceEnds = tools.ticker().nanos() + tools.policy().grace().toNanos();
                }
            }
            case Ending.Failed failed -> failed(failed.part(), failed.cause());
            case Ending.Cancelled _ -> {
                // it stays a debt of its node
            }
            case Ending.Broken broken -> bugs.add(broken.bug());
        }
    }

    private void failed(Part part, NodeException cause) {
        failures.add(new NodeFailure(part.node().id(), cause));
        if (cause instanceof NodeException.Corrupt) {
            part.node().standing().gaveWrongBytes();
            tools.evidence().report(new NodeEvidence(part.node().id(), subject.id(), part.index(),
                    NodeEvidence.Kind.WRONG_BYTES));
        }
        moveToSpare(part);
    }

    private void moveOrSkip(Part part) {
        if (!moveToSpare(part)) {
            skipped.add(part);
            failures.add(new NodeFailure(part.node().id(),
                    new NodeException.Unreachable("not asked: it failed a moment ago")));
        }
    }

    private boolean moveToSpare(Part part) {
        while (!spares.isEmpty() && !cancellation.isCancelled()) {
            NodeLink spare = spares.removeFirst();
            if (!spare.standing().isAvoidedForPuts()) {
                start(part.on(spare));
                return true;
            }
        }
        return false;
    }

    private void startSkipped() {
        List<Part> again = List.copyOf(skipped);
        skipped.clear();
        again.forEach(this::start);
    }

    private void start(Part part) {
        tools.tasks().io().execute(() -> endings.add(put(part)));
        running++;
    }

    private Ending put(Part part) {
        try {
            return cancellation.call(() -> {
                part.node().put(subject.space(), part.name(), part.body());
                return new Ending.Stored(part);
            });
        } catch (NodeException e) {
            return new Ending.Failed(part, e);
        } catch (InterruptedException | CancellationException e) {
            return new Ending.Cancelled();
        } catch (RuntimeException | Error e) {
            return new Ending.Broken(e);
        }
    }

    /// Waits for what still runs, however this thread is being interrupted: the bytes belong to the caller.
    private void end() {
        cancellation.cancel();
        boolean interrupted = false;
        while (running > 0) {
            try {
                handle(endings.take());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int healthyUnits(List<Part> parts) {
        Set<Object> units = new HashSet<>();
        parts.stream().map(Part::node).filter(n -> !n.standing().isAvoidedForPuts()).map(goal.unit())
                .forEach(units::add);
        spares.stream().filter(n -> !n.standing().isAvoidedForPuts()).map(goal.unit()).forEach(units::add);
        return units.size();
    }

    private int units() {
        return (int) stored.values().stream().map(goal.unit()).distinct().count();
    }
}
