package org.stratobox.sync.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;

import org.stratobox.sync.simulation.disk.SimDisk.Operation;
import org.stratobox.sync.simulation.disk.SimDisk.Surroundings;

/// An open file. It stays the same file whatever happens to its name.
final class SimChannel implements SeekableByteChannel {
    /// Reads and writes of more than this take several steps.
    private static final int STEP = 1 << 16;
    private final FileTree tree;
    private final Inode inode;
    private final Surroundings surroundings;
    private final Path path;
    private final boolean isWritable;
    private long position;
    private boolean isOpen = true;

    SimChannel(FileTree tree, Inode inode, Surroundings surroundings, Path path, boolean isWritable) {
        this.tree = tree;
        this.inode = inode;
        this.surroundings = surroundings;
        this.path = path;
        this.isWritable = isWritable;
        inode.handles++;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer out) throws IOException {
        requireOpen();
        surroundings.before(Operation.READ, path);
        if (position >= inode.data.length) {
            return -1;
        }
        int length = Math.min(Math.min(out.remaining(), STEP), inode.data.length - (int) position);
        out.put(inode.data, (int) position, length);
        position += length;
        return length;
    }

    @Override
    public int write(ByteBuffer in) throws IOException {
        requireOpen();
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
        surroundings.before(Operation.WRITE, path);
        int length = Math.min(in.remaining(), STEP);
        int end = (int) position + length;
        surroundings.take(Math.max(0, end - inode.data.length));
        byte[] data = Arrays.copyOf(inode.data, Math.max(end, inode.data.length));
        in.get(data, (int) position, length);
        tree.write(inode, data);
        position = end;
        surroundings.after(Operation.WRITE, path);
        return length;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return inode.data.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        requireOpen();
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
        if (size < inode.data.length) {
            tree.write(inode, Arrays.copyOf(inode.data, (int) size));
        }
        return this;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            inode.handles--;
        }
    }
}
