package org.stratobox.sync.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.stratobox.crypto.Cid;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.PackIndexTable.PackDebt;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.pack.Debt;
import org.stratobox.sync.pack.FinishedPack;
import org.stratobox.sync.pack.MeshStore;
import org.stratobox.sync.pack.PackBuilder;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredPack;
import org.stratobox.sync.task.Cancellation;
import org.stratobox.sync.task.Tasks;

/// Sealed objects on their way into packs and onto nodes, for one pass.
///
/// Any thread may [#add]; one packing thread fills packs from a shuffled window, so that neighbours in a pack need not be
/// neighbours in a file; each finished pack is stored by an own thread. Memory is bounded by the queue's byte budget, the
/// window and the number of builders: whoever adds waits when they are exhausted.
///
/// Locks: `flights` guards the map of that name and is never held while the index or a node is asked.
public final class Upload {
    private static final int WINDOW_OBJECTS = 64;
    /// Half of the budget: what is drawn from the window gives room back before whoever adds has to wait for it.
    private static final int WINDOW_BYTES = 12 << 20;
    private static final int BUDGET_KIB = 24 << 10;
    private static final int QUEUE = 4096;

    private final MeshStore store;
    private final SyncIndex index;
    private final Tasks tasks;
    private final Shuffle shuffle;
    private final UploadMeter meter;
    private final ReadyEntries ready;
    /// Whether any plan is open; plans are taken in before a pass, never during one.
    private final boolean collecting;

    private final BlockingQueue<Step> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore budget = new Semaphore(BUDGET_KIB);
    private final BlockingQueue<PackBuilder> builders;
    private final int builderCount;
    private final Map<Cid, Flight> flights = new HashMap<>();
    private final AtomicReference<@Nullable TransferException> failure = new AtomicReference<>();
    private final Cancellation onTheirWay = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);

    /// What the packing thread is told, in order.
    private sealed interface Step {
        record Add(ObjectType type, SealedObject object) implements Step {
            int length() {
                return object.envelope().length;
            }
        }

        record Flush(CompletableFuture<Void> done) implements Step {}

        record Stop() implements Step {}
    }

    /// An object that is not known to be stored yet. Guarded by `flights`.
    private record Flight(List<PendingEntry> waiting) {}

    /// @param store where packs go
    /// @param index where they are recorded
    /// @param tasks threads
    /// @param packing builders and shuffling
    /// @param meter told what moves
    /// @throws TransferException if the index fails
    public Upload(MeshStore store, SyncIndex index, Tasks tasks, Packing packing, UploadMeter meter)
            throws TransferException {
        this.store = store;
        this.index = index;
        this.tasks = tasks;
        this.shuffle = packing.shuffle();
        this.meter = meter;
        ready = new ReadyEntries(index, meter);
        try {
            collecting = index.collector().hasCandidates();
        } catch (IndexException e) {
            throw new TransferException(e);
        }
        builders = new ArrayBlockingQueue<>(packing.builders().size(), false, packing.builders());
        builderCount = packing.builders().size();
        tasks.io().execute(() -> {
            try {
                pack();
            } finally {
                ended.countDown();
            }
        });
    }

    /// What packs are made with.
    ///
    /// @param builders as many as packs may be on their way at once, at least one
    /// @param shuffle chooses the next object of the window
    public record Packing(List<PackBuilder> builders, Shuffle shuffle) {}

    /// Chooses a number.
    @FunctionalInterface
    public interface Shuffle {
        /// @param bound at least 1
        /// @return from 0 to `bound - 1`, unpredictable
        int below(int bound);
    }

    /// Sends an object unless it is stored or on its way.
    ///
    /// @param type of the object
    /// @param object sealed; its envelope must not be changed afterwards
    /// @param waiting an entry that must not be recorded before the object is stored
    /// @throws TransferException if the pass has failed
    /// @throws InterruptedException if the thread is interrupted while it waits for room
    void add(ObjectType type, SealedObject object, Optional<PendingEntry> waiting)
            throws TransferException, InterruptedException {
        check();
        Cid cid = object.capability().cid();
        if (isKnown(cid) || joins(cid, waiting)) {
            return;
        }
        meter.sealed(object.envelope().length);
        budget.acquire(kib(object.envelope().length));
        queue.put(new Step.Add(type, object));
    }

    /// What a collector is about to delete must not be referenced anew (`format.md` 3.10): such content is sealed again under
    /// another address.
    ///
    /// @param object sealed as usual
    /// @param again seals the same body with a random salt
    /// @return the object to add
    /// @throws TransferException if the index fails
    SealedObject unlessCollected(SealedObject object, Supplier<SealedObject> again) throws TransferException {
        try {
            return collecting && index.collector().isCandidate(object.capability().cid()) ? again.get() : object;
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private boolean isKnown(Cid cid) throws TransferException {
        try {
            return index.packs().find(cid).isPresent();
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    /// Joins an object that is on its way, or starts its flight.
    ///
    /// Between the look-up in the index and this one the object may have arrived; then it is sent twice, which costs a few
    /// bytes and harms nothing, because the second record of a content id is ignored.
    private boolean joins(Cid cid, Optional<PendingEntry> waiting) {
        synchronized (flights) {
            Flight flight = flights.get(cid);
            boolean known = flight != null;
            if (flight == null) {
                flight = new Flight(new ArrayList<>(1));
                flights.put(cid, flight);
            }
            waiting.ifPresent(PendingEntry::await);
            waiting.ifPresent(flight.waiting()::add);
            return known;
        }
    }

    /// An entry whose objects were all added. It is recorded when they have arrived.
    ///
    /// @param entry with its result set
    /// @throws TransferException if it could not be recorded
    void complete(PendingEntry entry) throws TransferException {
        if (entry.arrived()) {
            ready.add(entry);
        }
    }

    /// Waits until everything added before is stored and recorded.
    ///
    /// @throws TransferException if something could not be
    /// @throws InterruptedException if the thread is interrupted
    public void flush() throws TransferException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        queue.put(new Step.Flush(done));
        try {
            done.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a flush ends without failure", e);
        }
        check();
        ready.flush();
    }

    /// Ends everything: what was not flushed is forgotten, packs on their way are given up, and nobody works on the index or
    /// the nodes any more when this returns. Called once, by the thread that made this, also when it was interrupted.
    public void stop() {
        fail(new TransferException(new IllegalStateException("the upload was stopped")));
        onTheirWay.cancel();
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(new Step.Stop());
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() throws TransferException {
        TransferException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static int kib(int bytes) {
        return (bytes + 1023) >>> 10;
    }

    // ---- the packing thread

    private void pack() {
        List<Step.Add> window = new ArrayList<>();
        try {
            PackBuilder builder = builders.take();
            long windowBytes = 0;
            while (true) {
                switch (queue.take()) {
                    case Step.Add add -> {
                        window.add(add);
                        windowBytes += add.length();
                        while (window.size() > WINDOW_OBJECTS || windowBytes > WINDOW_BYTES) {
                            Step.Add next = draw(window);
                            windowBytes -= next.length();
                            builder = put(next, builder);
                        }
                    }
                    case Step.Flush flush -> {
                        while (!window.isEmpty()) {
                            builder = put(draw(window), builder);
                        }
                        windowBytes = 0;
                        builder = drain(builder);
                        flush.done().complete(null);
                    }
                    case Step.Stop _ -> {
                        builders.put(builder);
                        allBack();
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            fail(new TransferException(new IllegalStateException("the packing thread was interrupted", e)));
        } catch (RuntimeException e) {
            fail(new TransferException(e));
        } catch (OutOfMemoryError e) {
            fail(new TransferException(new IllegalStateException("not enough memory", e)));
        }
        refuseTheRest();
    }

    /// After a failure nobody may wait for ever: steps are taken and forgotten until the end.
    private void refuseTheRest() {
        budget.release(BUDGET_KIB);
        try {
            while (true) {
                switch (queue.take()) {
                    case Step.Add add -> budget.release(kib(add.length()));
                    case Step.Flush flush -> flush.done().complete(null);
                    case Step.Stop _ -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Step.Add draw(List<Step.Add> window) {
        int chosen = shuffle.below(window.size());
        Step.Add last = window.removeLast();
        return chosen == window.size() ? last : window.set(chosen, last);
    }

    private PackBuilder put(Step.Add object, PackBuilder builder) throws InterruptedException {
        budget.release(kib(object.length()));
        if (failure.get() != null) {
            return builder;
        }
        PackBuilder open = builder;
        if (!open.fits(object.length())) {
            send(open);
            open = builders.take();
        }
        open.add(object.type(), object.object().capability().cid(), object.object().envelope());
        return open;
    }

    private PackBuilder drain(PackBuilder builder) throws InterruptedException {
        if (builder.items() > 0 && failure.get() == null) {
            send(builder);
        } else {
            builders.put(builder);
        }
        List<PackBuilder> all = allBack();
        PackBuilder next = all.removeLast();
        builders.addAll(all);
        return next;
    }

    /// Waits until no pack is on its way.
    private List<PackBuilder> allBack() throws InterruptedException {
        List<PackBuilder> all = new ArrayList<>();
        for (int i = 0; i < builderCount; i++) {
            all.add(builders.take());
        }
        return all;
    }

    private void send(PackBuilder builder) {
        FinishedPack pack = builder.finish();
        tasks.io().execute(() -> {
            try {
                StoredPack stored = onTheirWay.call(() -> store.store(pack));
                record(stored);
                meter.uploaded(pack.bytes().remaining(), stored);
            } catch (PackException e) {
                fail(new TransferException(e));
            } catch (IndexException e) {
                fail(new TransferException(e));
            } catch (TransferException e) {
                fail(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(new TransferException(new IllegalStateException("an upload was interrupted", e)));
            } catch (RuntimeException e) {
                fail(new TransferException(e));
            } catch (OutOfMemoryError e) {
                fail(new TransferException(new IllegalStateException("not enough memory", e)));
            } finally {
                builder.reset();
                builders.add(builder);
            }
        });
    }

    private void record(StoredPack stored) throws IndexException, TransferException {
        index.transact(() -> {
            index.packs().add(stored.record(), false);
            for (Debt.OfShare debt : stored.debts()) {
                index.packs().addDebt(new PackDebt(debt.packId(), debt.share(), debt.node()));
            }
        });
        List<PendingEntry> arrived = new ArrayList<>();
        synchronized (flights) {
            stored.record().items().forEach(item -> Optional.ofNullable(flights.remove(item.cid()))
                    .ifPresent(f -> arrived.addAll(f.waiting())));
        }
        for (PendingEntry entry : arrived) {
            complete(entry);
        }
    }

    private void fail(TransferException e) {
        failure.compareAndSet(null, e);
        // whoever waits for room finds the failure instead
        budget.release(BUDGET_KIB);
    }
}
