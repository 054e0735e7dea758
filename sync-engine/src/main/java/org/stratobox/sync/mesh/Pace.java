package org.stratobox.sync.mesh;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// The pace of one call. An adapter that sends or receives in pieces asks before each of them, in the thread of the call:
/// so bytes flow evenly instead of in bursts of whole packs. What an adapter did not ask for is charged afterwards.
public final class Pace {
    private static final ScopedValue<Pace> OF_THIS_CALL = ScopedValue.newInstance();

    private final Bandwidth bandwidth;
    private final Space space;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    Pace(Bandwidth bandwidth, Space space) {
        this.bandwidth = bandwidth;
        this.space = space;
    }

    /// Something that goes at a pace.
    interface Call<T> {
        T run() throws NodeException;
    }

    <T> T during(Call<T> call) throws NodeException {
        return ScopedValue.where(OF_THIS_CALL, this).call(call::run);
    }

    /// Waits until bytes may be sent; at once if the call has no pace.
    ///
    /// @param bytes at most [RateLimit#GRAIN]
    /// @throws InterruptedIOException if the thread was interrupted; its flag is set
    public static void beforeSending(int bytes) throws InterruptedIOException {
        if (OF_THIS_CALL.isBound()) {
            Pace pace = OF_THIS_CALL.get();
            pace.step(pace.bandwidth.up(), bytes);
            pace.sent.addAndGet(bytes);
        }
    }

    /// Waits until bytes may be received; at once if the call has no pace.
    ///
    /// @param bytes at most [RateLimit#GRAIN]
    /// @throws InterruptedIOException if the thread was interrupted; its flag is set
    public static void beforeReceiving(int bytes) throws InterruptedIOException {
        if (OF_THIS_CALL.isBound()) {
            Pace pace = OF_THIS_CALL.get();
            pace.step(pace.bandwidth.down(), bytes);
            pace.received.addAndGet(bytes);
        }
    }

    /// How much longer than at full speed a call may take; 32 calls may share the rate.
    ///
    /// @param bytes of its body
    /// @return the time, zero if nothing is limited
    public static Duration extra(long bytes) {
        if (!OF_THIS_CALL.isBound()) {
            return Duration.ZERO;
        }
        Bandwidth bandwidth = OF_THIS_CALL.get().bandwidth;
        OptionalLong up = bandwidth.up().rate();
        OptionalLong down = bandwidth.down().rate();
        long slowest = Math.min(up.orElse(Long.MAX_VALUE), down.orElse(Long.MAX_VALUE));
        return slowest == Long.MAX_VALUE ? Duration.ZERO : Duration.ofSeconds(1 + 32 * bytes / slowest);
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    private void step(Bandwidth.Lane lane, int bytes) throws InterruptedIOException {
        try {
            lane.take(space, bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted while bytes waited for their turn");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
