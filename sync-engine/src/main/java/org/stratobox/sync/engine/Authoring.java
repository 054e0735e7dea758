package org.stratobox.sync.engine;

import java.nio.ByteBuffer;

import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.transfer.Author;

/// Numbers of this device's versions. No number is given twice, whatever dies in between.
final class Authoring {
    private static final String COUNTER = "own-counter";
    private static final String PUBLISHED = "published-counter";
    /// Numbers set aside while somebody writes, so that one that dies gives none of its numbers to the next.
    private static final long RESERVED = 1L << 32;

    private Authoring() {}

    static Author begin(EngineParts parts, DeviceKeys keys, SyncIndex index) throws IndexException {
        long counter = counter(index);
        save(index, counter + RESERVED);
        return new Author(keys.device(), counter, parts.clock(), parts.entropy());
    }

    /// Gives back the numbers that were not used. After this the author makes no more versions.
    static void end(SyncIndex index, Author author) throws IndexException {
        save(index, author.counter());
    }

    /// Takes numbers for versions that somebody else makes.
    ///
    /// @return the highest number before them
    static long take(SyncIndex index, int count) throws IndexException {
        long counter = counter(index);
        save(index, counter + count);
        return counter;
    }

    /// Used when the index is rebuilt: no number up to this may be given again.
    static void raise(SyncIndex index, long atLeast) throws IndexException {
        save(index, Math.max(counter(index), atLeast));
    }

    /// Everything this device wrote is in its newest head now.
    static void published(SyncIndex index) throws IndexException {
        index.set(PUBLISHED, ByteBuffer.allocate(Long.BYTES).putLong(counter(index)).array());
    }

    /// @return versions of this device up to this number are in a published head
    static long publishedUpTo(SyncIndex index) throws IndexException {
        return index.get(PUBLISHED).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
    }

    /// A new identity counts from here.
    static void start(SyncIndex index, long counter) throws IndexException {
        save(index, counter);
    }

    private static long counter(SyncIndex index) throws IndexException {
        return index.get(COUNTER).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
    }

    private static void save(SyncIndex index, long counter) throws IndexException {
        index.setDurably(COUNTER, ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
    }
}
