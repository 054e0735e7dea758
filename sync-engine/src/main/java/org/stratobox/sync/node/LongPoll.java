package org.stratobox.sync.node;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;

/// An addition to the protocol: `GET .../snapshots/?wait=<seconds>&after=<cursor>` is answered when the list is another
/// than the cursor says, or when the time is over. The answer is the list as ever, with its cursor in the header
/// `Stratobox-Cursor`; a server that does not know the addition answers at once and without the header.
///
/// @param limit of the wait, at most [ChangeFeed#LONGEST]
/// @param after what the client knows
record LongPoll(Duration limit, Cursor after) {
    /// The header of the answer.
    static final String CURSOR = "Stratobox-Cursor";
    private static final Pattern FORM = Pattern.compile("wait=([0-9]{1,4})&after=([0-9a-f]{0,64})");

    /// @param query of a request, as it was sent
    /// @return what it asks for, or empty if it does not ask to wait
    static Optional<LongPoll> parse(@Nullable String query) {
        Matcher matcher = FORM.matcher(query == null ? "" : query);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Integer.parseInt(matcher.group(1)));
        Duration wait = asked.compareTo(ChangeFeed.LONGEST) < 0 ? asked : ChangeFeed.LONGEST;
        return Optional.of(new LongPoll(wait, new Cursor(matcher.group(2))));
    }
}
