package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.FileState;
import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.StratoboxException;

import tools.jackson.databind.node.ObjectNode;

/// What one path is like, and everything below it that is not safe.
final class PathStatus implements Answer {
    private static final int LOOKED_AT = 10_000;
    private static final int SHOWN = 50;

    private final Session session;
    private final Places.Place place;
    private final Optional<FileState> state;
    private final Optional<String> ignored;
    private final List<FileState> below;

    PathStatus(Session session, Account account, Places.Place place) throws StratoboxException {
        this.session = session;
        this.place = place;
        boolean isWhole = place.path().isEmpty();
        state = isWhole ? Optional.empty() : Optional.of(account.fileState(place.folder(), place.path()));
        Optional<Ignores.Reason> reason = isWhole
                ? Optional.empty()
                : account.ignores().why(place.folder(), place.path());
        ignored = reason.map(r -> WhyIgnoredCommand.words(place, r));
        below = account.unsafe(LOOKED_AT).stream().filter(s -> s.folder().equals(place.folder()))
                .filter(s -> isWhole || s.path().startsWith(place.path() + "/")).toList();
    }

    boolean isSafe() {
        return below.isEmpty() && state.map(FileState::isSafe).orElse(true);
    }

    @Override
    public void human(PrintStream out) {
        if (ignored.isPresent()) {
            out.println(ignored.get());
        } else if (state.isPresent()) {
            out.println(place + ": " + words(session, state.get()));
        }
        if (below.isEmpty() && state.isEmpty()) {
            out.println("Everything in " + place + " is up to date and safe.");
        }
        if (!below.isEmpty()) {
            out.println("Not safe, or not the same everywhere:");
            print(session, below, SHOWN, out);
        }
    }

    /// Prints a line for each of them.
    static void print(Session session, List<FileState> states, int shown, PrintStream out) {
        states.stream().limit(shown)
                .forEach(s -> out.println("  " + Figures.printable(s.path()) + ": " + words(session, s)));
        if (states.size() > shown) {
            out.println("  ... and " + (states.size() - shown) + " more (--json names them all)");
        }
    }

    private static String words(Session session, FileState state) {
        String what = switch (state.state()) {
            case NOT_CAPTURED -> "changed here, not taken in yet";
            case PENDING -> "encrypted and stored, not published yet";
            case UPLOADED -> "uploaded and published, not proven on enough nodes yet";
            case VERIFIED -> "safe";
            case ONLINE_ONLY -> "on the nodes only, because you chose so (stratobox keep PATH)";
            case CONFLICT -> "changed on two devices at once; this is the other version";
            case WAITING -> "changed by others; their version is not here yet";
            case HELD -> "its deletion waits for your word (stratobox held)";
            case IGNORED -> "ignored by a rule";
            case UNSYNCABLE -> "cannot be synced";
        };
        String proof = state.proof().map(p -> "; proven on " + Figures.count(p.nodes(), "node") + ", "
                + Figures.age(p.oldestMillis(), session.nowMillis())).orElse("");
        return what + proof + state.why().map(why -> ". " + Figures.printable(why)).orElse("");
    }

    @Override
    public void json(ObjectNode json) {
        json.put("safe", isSafe()).put("folder", place.folder()).put("path", place.path());
        state.ifPresent(s -> json.set("state", Json.tree(s)));
        ignored.ifPresent(why -> json.put("ignored", why));
        json.set("below", Json.tree(below));
    }
}
