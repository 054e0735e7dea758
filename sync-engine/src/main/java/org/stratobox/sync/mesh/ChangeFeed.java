package org.stratobox.sync.mesh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

import org.stratobox.crypto.Sha256;

/// Waiting for news on a node instead of asking for them again and again. A hint: who is told nothing still asks from time
/// to time, because places lose events.
///
/// Thread-safe. Calls block and honour interruption as all calls to a node do: [NodeException.Unreachable], and the flag
/// stays set.
@FunctionalInterface
public interface ChangeFeed {
    /// The longest wait a place has to bear; it may answer sooner.
    Duration LONGEST = Duration.ofSeconds(25);

    /// Waits until the list of a space is another than it was. A place may answer sooner that nothing changed: who asks in
    /// a loop makes a pause of his own of a second or so after such an answer. Best called in a virtual thread, whose
    /// interruption ends it at once.
    ///
    /// @param space which kind
    /// @param after what the caller knows; [Cursor#START] is answered at once
    /// @param timeout how long to wait at most; longer than [#LONGEST] counts as that
    /// @return the list as it is now: another cursor means that something came or went, the same that nothing did. Empty:
    /// this place cannot tell changes, at least not now; ask for the list instead, and here again only after a while
    /// @throws NodeException as described for the port
    Optional<Cursor> awaitChange(Space space, Cursor after, Duration timeout) throws NodeException;

    /// Stands for the list of one space of one node at one moment; means nothing elsewhere.
    ///
    /// @param text at most 64 lower-case hexadecimal digits
    record Cursor(String text) {
        /// Of somebody who knows nothing.
        public static final Cursor START = new Cursor("");

        /// Checks the form.
        public Cursor {
            if (!isCursor(text)) {
                throw new IllegalArgumentException("not a cursor");
            }
        }

        /// @param objects a complete list, in any order
        /// @return what stands for their names: the SHA-256 of them in order, 32 of its digits
        public static Cursor of(Collection<MeshNode.StoredObject> objects) {
            String names = objects.stream().map(object -> object.name().hex()).sorted()
                    .collect(Collectors.joining(","));
            return new Cursor(Sha256.of(names.getBytes(StandardCharsets.US_ASCII)).hex().substring(0, 32));
        }

        /// @param text from outside
        /// @return whether it has the form of a cursor
        public static boolean isCursor(String text) {
            return text.length() <= 64 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        }
    }
}
