package org.stratobox.sync.history;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.history.Reversal.Left;
import org.stratobox.sync.history.Reversal.Why;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.sync.history.TestFolder.path;

class PutBackTest {
    private static final int SEEDS = 3_000;

    private final TestFolder folder = new TestFolder();

    private static Map<RelativePath, Entry> live(TestFolder folder) {
        Map<RelativePath, Entry> out = new TreeMap<>(folder.state);
        out.values().removeIf(e -> !e.isLive());
        return out;
    }

    private Reversal putBack(TestFolder then) throws Exception {
        Reversal reversal = PutBack.of(live(then), folder);
        folder.apply(reversal);
        return reversal;
    }

    @Test
    void whatWasThereComesBackAndWhatIsNewStays() throws Exception {
        folder.makeDirectory("d");
        folder.write("d/x", "old");
        folder.write("same", "same");
        TestFolder then = folder.copy();
        folder.write("d/x", "new");
        folder.write("d/y", "newer");
        Entry shown = folder.at(path("d/x")).orElseThrow();
        Reversal reversal = putBack(then);
        assertEquals(List.of(path("d/x")), reversal.wanted().stream().map(Wanted::path).toList());
        assertEquals(List.of(), reversal.left());
        Entry back = folder.at(path("d/x")).orElseThrow();
        assertTrue(back.sameValue(then.at(path("d/x")).orElseThrow()));
        assertTrue(back.version().covers(shown.version()) && !back.version().equals(shown.version()));
        assertEquals(shown.fileId(), back.fileId());
        assertTrue(folder.isLive(path("d/y")));
    }

    @Test
    void deletedFileGetsItsIdentityBackUnlessItLivesElsewhere() throws Exception {
        folder.write("deleted", "1");
        folder.write("moved", "2");
        TestFolder then = folder.copy();
        folder.delete("deleted");
        folder.move("moved", "elsewhere");
        putBack(then);
        assertEquals(then.at(path("deleted")).map(Entry::fileId), folder.at(path("deleted")).map(Entry::fileId));
        assertNotEquals(then.at(path("moved")).map(Entry::fileId), folder.at(path("moved")).map(Entry::fileId));
        assertTrue(folder.isLive(path("elsewhere")));
    }

    @Test
    void fileDoesNotReplaceADirectoryNorTheOtherWayRound() throws Exception {
        folder.write("a", "file");
        folder.makeDirectory("b");
        folder.write("b/x", "1");
        TestFolder then = folder.copy();
        folder.delete("a");
        folder.makeDirectory("a");
        folder.delete("b");
        folder.write("b", "file");
        Map<String, String> now = folder.view();
        assertEquals(List.of(new Left(path("a"), Why.IS_DIRECTORY), new Left(path("b"), Why.NO_DIRECTORY),
                new Left(path("b/x"), Why.NO_DIRECTORY)), putBack(then).left());
        assertEquals(now, folder.view());
    }

    @Test
    void everythingOfThenIsThereOrNamedAndNothingOfNowIsLost() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            TestFolder now = new TestFolder();
            int acts = random.nextInt(25);
            for (int i = 0; i < acts; i++) {
                now.act(random);
            }
            TestFolder then = now.copy();
            for (int i = random.nextInt(20); i >= 0; i--) {
                now.act(random);
            }
            TestFolder before = now.copy();
            Reversal reversal = PutBack.of(live(then), now);
            now.apply(reversal);
            Map<String, String> view = now.view();
            List<String> left = reversal.left().stream().map(l -> l.path().text()).toList();
            String message = "seed " + seed;
            then.view().forEach((path, value) -> assertTrue(left.contains(path) || value.equals(view.get(path)),
                    message + ": " + path));
            List<RelativePath> written = reversal.wanted().stream().map(Wanted::path).toList();
            before.state.forEach((path, entry) -> {
                if (!written.contains(path)) {
                    assertEquals(entry, now.at(path).orElseThrow(), message);
                }
            });
            before.view().keySet().forEach(path -> assertTrue(view.containsKey(path), message + ": " + path));
        }
    }
}
