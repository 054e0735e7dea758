package org.stratobox.app.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import tools.jackson.core.JacksonException;

/// Finds the process that holds a home.
public final class ControlClient {
    private ControlClient() {}

    /// A home that another process holds. One call at a time; closing the account ends the connection and nothing else.
    ///
    /// @param account of that process; it cannot be run from here
    /// @param running what keeps it in sync; closing it does nothing
    public record Remote(Account account, Running running) {}

    /// @param home a directory
    /// @return the process that holds it; empty if there is none, or none that talks
    /// @throws StratoboxException with `HOME_IN_USE` if it talks another language
    public static Optional<Remote> connect(Path home) throws StratoboxException {
        Optional<Lines> lines = open(home);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            Wire.Hello hello = Wire.MAPPER.readValue(lines.get().read(), Wire.Hello.class);
            if (hello.stratobox() != Wire.VERSION) {
                lines.get().close();
                throw new StratoboxException(Reason.HOME_IN_USE, "Stratobox is running, in another version than this."
                        + " Nothing was changed. Stop it and start it again, then repeat this command.");
            }
            var connection = new RemoteConnection(lines.get());
            return Optional.of(new Remote(connection.face(Account.class, 0), connection.face(Running.class, 1)));
        } catch (IOException | JacksonException _) {
            // it ended in this moment, or this is something else
            return Optional.empty();
        }
    }

    private static Optional<Lines> open(Path home) {
        try {
            Optional<Path> socket = SocketPlace.find(home);
            if (socket.isEmpty()) {
                return Optional.empty();
            }
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket.get()));
            if (SocketPlace.isOwner(channel, home)) {
                return Optional.of(new Lines(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException _) {
            // nobody listens: what is there was left by a process that could not tidy up
            return Optional.empty();
        }
    }
}
