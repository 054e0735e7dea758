package org.stratobox.app.cli;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.stratobox.sync.api.EngineState;
import org.stratobox.sync.api.EngineState.Activity;
import org.stratobox.sync.api.Running;
import org.stratobox.sync.event.EngineEvent;
import org.stratobox.sync.event.EngineEvent.Notice;
import org.stratobox.sync.event.EngineEvent.PassEnded;
import org.stratobox.sync.event.EngineEvent.StateChanged;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What happens while a device runs: a line for each thing to a person who watches, an object a line to a program that
/// asked, nothing where nobody looks (sentences may name files, and a journal keeps them).
final class RunLines implements Consumer<EngineEvent> {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Session session;
    private final boolean watched;
    // guarded by this
    private final Set<String> said = new HashSet<>();
    // guarded by this
    private Optional<Running> running = Optional.empty();
    // guarded by this
    private String last = "";

    RunLines(Session session, boolean watched) {
        this.session = session;
        this.watched = watched;
    }

    /// @param device whose events these are; those before are of no interest
    synchronized void follow(Running device) {
        running = Optional.of(device);
        accept(new StateChanged());
    }

    @Override
    public synchronized void accept(EngineEvent event) {
        switch (event) {
            case StateChanged _ -> running.ifPresent(device -> state(device.state()));
            case PassEnded pass -> passed(pass);
            case Notice notice -> notice(notice.text());
        }
    }

    private void state(EngineState state) {
        if (session.isJson()) {
            json(object("state").setAll((ObjectNode) Json.tree(state)));
            return;
        }
        String text = StateWords.of(session, state);
        // a pass every few seconds is no news
        if (state.activity() != Activity.SYNCING && !text.equals(last)) {
            last = text;
            line(text);
        }
        state.notices().forEach(this::notice);
    }

    private void passed(PassEnded pass) {
        if (session.isJson()) {
            json(object("pass").put("filesIn", pass.filesIn()).put("filesOut", pass.filesOut()).put("millis",
                    pass.millis()));
        } else if (pass.filesIn() + pass.filesOut() > 0) {
            line(Figures.count(pass.filesIn(), "file") + " sent, " + Figures.count(pass.filesOut(), "change")
                    + " brought here, " + Figures.duration(pass.millis()));
        }
    }

    /// The same sentence is said once.
    private void notice(String text) {
        if (session.isJson()) {
            json(object("notice").put("text", text));
        } else if (said.add(text)) {
            line("Note: " + Figures.printable(text));
        }
    }

    private void line(String text) {
        if (watched) {
            String time = CLOCK.format(Instant.ofEpochMilli(session.nowMillis()).atZone(session.machine().zone()));
            session.screen().err().println(time + "  " + text);
            session.screen().err().flush();
        }
    }

    private static ObjectNode object(String event) {
        return JsonMapper.shared().createObjectNode().put("event", event);
    }

    private void json(ObjectNode object) {
        session.screen().out().println(object.toString());
        session.screen().out().flush();
    }
}
