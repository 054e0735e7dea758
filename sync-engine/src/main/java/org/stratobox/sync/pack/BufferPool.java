package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Keeps a few large buffers for the next pack instead of leaving 16 MiB arrays to the garbage collector. It bounds what
/// lies idle, not what is in use: that is the budget of whoever starts uploads. Thread-safe.
public final class BufferPool {
    private final int most;
    /// Guarded by itself; at most `most` entries.
    private final List<ByteBuffer> idle = new ArrayList<>();

    /// @param most how many buffers may lie idle
    public BufferPool(int most) {
        this.most = most;
    }

    /// @param size bytes that are needed
    /// @return a heap buffer, position 0, limit `size`, with arbitrary content
    public ByteBuffer take(int size) {
        synchronized (idle) {
            for (int i = 0; i < idle.size(); i++) {
                // one that is much too large is left for those who need it
                if (idle.get(i).capacity() >= size && idle.get(i).capacity() / 2 <= size) {
                    return idle.remove(i).clear().limit(size);
                }
            }
        }
        return ByteBuffer.allocate(size);
    }

    /// @param buffer from [#take]; must not be used afterwards
    public void give(ByteBuffer buffer) {
        if (most == 0 || buffer.capacity() == 0) {
            return;
        }
        synchronized (idle) {
            if (idle.size() == most) {
                idle.removeFirst();
            }
            idle.add(buffer);
        }
    }
}
