package org.stratobox.sync.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.History;
import org.stratobox.sync.api.History.Cause;
import org.stratobox.sync.api.History.Counts;
import org.stratobox.sync.api.History.Done;
import org.stratobox.sync.api.History.From;
import org.stratobox.sync.api.History.LogFilter;
import org.stratobox.sync.api.History.Pass;
import org.stratobox.sync.api.History.PutBack;
import org.stratobox.sync.api.Ignores;
import org.stratobox.sync.api.Past;
import org.stratobox.sync.api.Past.Kind;
import org.stratobox.sync.api.Past.Place;
import org.stratobox.sync.api.Past.Version;
import org.stratobox.sync.api.StratoboxException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AccountHistoryTest {
    @TempDir
    Path base;

    private Workbench bench;
    private Account account;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(base, 1);
        account = bench.init();
    }

    @AfterEach
    void close() {
        account.close();
    }

    private void write(String path, String text) throws Exception {
        Path file = bench.folder.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void sync() throws Exception {
        account.sync(p -> {});
    }

    private static List<String> paths(Past past, Optional<Long> at) throws Exception {
        List<String> out = new ArrayList<>();
        past.list(new Place("main", "", at), l -> out.add(l.path()));
        return out;
    }

    private static String text(Past past, String path, String version) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        past.catVersion("main", path, version, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void passesAreLoggedWithWhatTheyChanged() throws Exception {
        write("d/x", "one");
        sync();
        write("d/x", "longer");
        write("y", "two");
        sync();
        Files.delete(bench.folder.resolve("y"));
        sync();
        sync();
        List<Pass> log = account.history().log(LogFilter.newest(10));
        assertEquals(List.of(new Counts(0, 0, 1), new Counts(1, 1, 0), new Counts(2, 0, 0)),
                log.stream().map(Pass::counts).toList());
        assertTrue(log.stream().allMatch(p -> p.folder().equals("main") && p.cause() == Cause.LOCAL && p.undoable()));
        assertEquals(List.of("d/x", "y"),
                account.history().changes(log.get(1).id()).stream().map(History.Change::path).toList());
        assertEquals(1, account.history()
                .log(new LogFilter(Optional.of("main"), List.of(Cause.LOCAL), Optional.of("d/x"), 0, 1)).size());
        assertThrows(StratoboxException.class, () -> account.history().changes(99));
    }

    @Test
    void versionsAndMomentsAreReadFromTheNodes() throws Exception {
        write("x", "one");
        sync();
        long then = System.currentTimeMillis();
        write("x", "second");
        sync();
        Files.delete(bench.folder.resolve("x"));
        write("other", "o");
        sync();
        try (Restorable phrase = bench.find(0)) {
            for (Past past : List.of(account.history().past(), phrase.past())) {
                List<Version> versions = past.versions("main", "x");
                assertEquals(List.of(Kind.DELETED, Kind.FILE, Kind.FILE),
                        versions.stream().map(Version::kind).toList());
                assertEquals("laptop", versions.getFirst().device());
                assertEquals("second", text(past, "x", versions.get(1).id()));
                assertEquals("one", text(past, "x", versions.get(2).id()));
                assertEquals(List.of("other"), paths(past, Optional.empty()));
                assertEquals(List.of("x"), paths(past, Optional.of(then)));
                List<String> deleted = new ArrayList<>();
                past.deleted(Place.now("main", ""), d -> deleted.add(d.path()));
                assertEquals(List.of("x"), deleted);
                assertThrows(StratoboxException.class, () -> past.versions("main", "never"));
                assertThrows(StratoboxException.class, () -> past.catVersion("main", "x", "zz", OUT));
                assertThrows(StratoboxException.class, () -> past.versions("nowhere", "x"));
            }
        }
    }

    private static final java.io.OutputStream OUT = java.io.OutputStream.nullOutputStream();

    @Test
    void undoIsANewStateThatEverybodySees() throws Exception {
        write("x", "one");
        write("gone", "two");
        sync();
        write("x", "second");
        Files.delete(bench.folder.resolve("gone"));
        write("new", "three");
        sync();
        long pass = account.history().log(LogFilter.newest(1)).getFirst().id();
        List<Done> expected = List.of(new Done("gone", Kind.FILE), new Done("new", Kind.DELETED),
                new Done("x", Kind.FILE));
        assertEquals(expected, account.history().planUndo(pass).done());
        assertEquals(1, account.history().log(new LogFilter(Optional.empty(), List.of(), Optional.of("new"), 0, 9))
                .size(), "planning changes nothing");
        History.TakeBack back = account.history().undo(pass, p -> {});
        assertEquals(expected, back.done());
        assertEquals(List.of(), back.left());
        Pass undo = account.history()
                .log(new LogFilter(Optional.empty(), List.of(Cause.UNDO), Optional.empty(), 0, 9)).getFirst();
        assertEquals(Optional.of(pass), undo.undone());
        assertEquals(new Counts(1, 1, 1), undo.counts());
        Past past = account.history().past();
        assertEquals(List.of("gone", "x"), paths(past, Optional.empty()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        past.cat(Place.now("main", "x"), out);
        assertEquals("one", out.toString(StandardCharsets.UTF_8));
        assertTrue(account.history().planUndo(pass).done().isEmpty(), "nothing is left to undo");
    }

    @Test
    void putBackTakesAMomentAVersionOrWhatWasDeleted() throws Exception {
        write("d/x", "one");
        write("d/y", "two");
        sync();
        long then = System.currentTimeMillis();
        write("d/x", "second");
        Files.delete(bench.folder.resolve("d/y"));
        sync();
        History history = account.history();
        assertEquals(List.of(new Done("d/x", Kind.FILE), new Done("d/y", Kind.FILE)),
                history.planPutBack(new PutBack("main", List.of(""), new From.Moment(then))).done());
        assertEquals(List.of(new Done("d/y", Kind.FILE)),
                history.planPutBack(new PutBack("main", List.of("d"), new From.BeforeDeletion())).done());
        Version first = history.past().versions("main", "d/x").getLast();
        assertEquals(List.of(new Done("d/x", Kind.FILE)), history
                .putBack(new PutBack("main", List.of("d/x"), new From.OfVersion(first.id().substring(0, 8))), p -> {})
                .done());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        history.past().cat(Place.now("main", "d/x"), out);
        assertEquals("one", out.toString(StandardCharsets.UTF_8));
        assertEquals(Cause.PUT_BACK, history.log(LogFilter.newest(1)).getFirst().cause());
        assertThrows(StratoboxException.class,
                () -> history.planPutBack(new PutBack("main", List.of("never"), new From.Moment(then))));
        assertThrows(StratoboxException.class,
                () -> history.planPutBack(new PutBack("other", List.of(""), new From.Moment(then))));
    }

    @Test
    void whatIsNotInTheTrashIsNamed() throws Exception {
        assertEquals(List.of(), account.history().trash(Optional.of("main")));
        History.TakeBack back = account.history().takeFromTrash(List.of(7L));
        assertEquals(List.of(), back.done());
        assertEquals(1, back.left().size());
        assertThrows(StratoboxException.class, () -> account.history().trash(Optional.of("other")));
    }

    @Test
    void reasonOfAnIgnoredPathIsToldAndItNeverReachesTheNodes() throws Exception {
        write(".stratoignore", "# rules\nsecret/\n");
        write("secret/x", "1");
        write("draft.swp", "2");
        write("kept", "3");
        sync();
        Ignores ignores = account.ignores();
        assertEquals(Optional.of(new Ignores.Reason("secret", "secret/", Optional.of(".stratoignore"), 2)),
                ignores.why("main", "secret/x"));
        Ignores.Reason own = ignores.why("main", "draft.swp").orElseThrow();
        assertEquals("*.swp", own.pattern());
        assertEquals(own.pattern(), ignores.defaults().get(own.line() - 1));
        assertEquals(Optional.empty(), ignores.why("main", "kept"));
        assertEquals(List.of(".stratoignore", "kept"), paths(account.history().past(), Optional.empty()));
        assertThrows(StratoboxException.class, () -> ignores.why("other", "x"));
        assertFalse(ignores.why("main", "secret/").isEmpty());
    }
}
