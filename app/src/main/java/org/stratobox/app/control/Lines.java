package org.stratobox.app.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Lines over a socket. One thread may read while others write; a line is written as a whole.
final class Lines implements AutoCloseable {
    /// No line is longer: a list of some 400,000 changes.
    static final int MAX_LINE = 64 << 20;
    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);

    /// @param channel blocking; closed with this
    Lines(SocketChannel channel) {
        this.channel = channel;
    }

    /// @return the next line without its end
    /// @throws EOFException if the other side has ended
    /// @throws IOException if it cannot be read or is too long
    byte[] read() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '\n') {
                    return line.toByteArray();
                }
                line.write(next);
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("a line is too long");
            }
            in.clear();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                throw new EOFException("the other side has ended");
            }
        }
    }

    /// @param line without line ends
    synchronized void write(byte[] line) throws IOException {
        ByteBuffer[] parts = {ByteBuffer.wrap(line), ByteBuffer.wrap(new byte[]{'\n'})};
        while (parts[1].hasRemaining()) {
            channel.write(parts);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
