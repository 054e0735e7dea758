package org.stratobox.sync.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.ManualTicker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HintsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger woken = new AtomicInteger();
    private final Hints hints = new Hints(ticker, HintTimes.DEFAULT, woken::incrementAndGet);

    private static RelativePath path(String text) {
        return new RelativePath(text);
    }

    private void touch(String text) {
        hints.accept(new Hint.Touched(path(text)));
    }

    private void vanish(String text) {
        hints.accept(new Hint.Gone(path(text)));
    }

    private static Look directories(String... texts) {
        return new Look.Directories(new TreeSet<>(Stream.of(texts).map(RelativePath::new).toList()));
    }

    private static Look nothing(long millis) {
        return new Look.Nothing(Optional.of(Duration.ofMillis(millis)));
    }

    private static final Look NOTHING = new Look.Nothing(Optional.empty());

    @Test
    void takeGivesADirectoryOnceWhenItWasLeftAlone() {
        assertEquals(NOTHING, hints.take());
        touch("a/file");
        assertEquals(1, woken.get());
        assertEquals(nothing(250), hints.take());
        ticker.millis(100);
        touch("a/other");
        ticker.millis(249);
        assertEquals(nothing(1), hints.take());
        ticker.millis(1);
        assertEquals(directories("a"), hints.take());
        assertEquals(NOTHING, hints.take());
    }

    @Test
    void takeDoesNotWaitForeverWhenADirectoryChangesAllTheTime() {
        touch("log/file");
        touch("calm");
        int looks = 0;
        for (int i = 0; i < 600; i++) {
            ticker.millis(100);
            touch("log/file");
            looks += hints.take() instanceof Look.Directories ? 1 : 0;
        }
        // 60 s in steps of at most 3 s, and the calm one
        assertEquals(21, looks, 1);
    }

    @Test
    void takeGivesDeletionsAfterEverythingElse() {
        vanish("b/file");
        ticker.millis(2_900);
        touch("a/file");
        ticker.millis(100);
        // the deletion is due, too, and nothing else is yet
        assertEquals(directories("b"), hints.take());
        ticker.millis(150);
        assertEquals(directories("a"), hints.take());
        assertEquals(NOTHING, hints.take());
    }

    @Test
    void takeGivesBothEndsOfAMoveTogether() {
        vanish("from/file");
        touch("to/file");
        ticker.millis(250);
        assertEquals(directories("from", "to"), hints.take());
        // what really is missing is looked at again when it has settled
        assertEquals(nothing(2_750), hints.take());
        ticker.millis(2_750);
        assertEquals(directories("from"), hints.take());
        assertEquals(NOTHING, hints.take());
    }

    @Test
    void aDeletionThatIsUndoneByASaveIsAnOrdinaryEdit() {
        vanish("a/file");
        ticker.millis(100);
        touch("a/file");
        ticker.millis(250);
        assertEquals(directories("a"), hints.take());
        assertEquals(Optional.of(Duration.ofSeconds(3)),
                hints.absences().unsettled(path("a/file"), Duration.ZERO));
    }

    @Test
    void takeGivesTheWholeFolderWhenTooManyDirectoriesChanged() {
        for (int i = 0; i <= HintTimes.DEFAULT.most(); i++) {
            touch("d" + i + "/file");
        }
        ticker.millis(250);
        assertEquals(new Look.Everything(Hint.Cause.MANY), hints.take());
        assertEquals(NOTHING, hints.take());
    }

    @Test
    void takeSpacesLooksAtTheWholeFolder() {
        hints.accept(new Hint.Everything(Hint.Cause.BEGUN));
        ticker.millis(250);
        assertEquals(new Look.Everything(Hint.Cause.BEGUN), hints.take());
        hints.accept(new Hint.Everything(Hint.Cause.DOUBT));
        touch("a/file");
        hints.lookAgain(path("b"), Duration.ofSeconds(1));
        ticker.millis(3_000);
        assertEquals(nothing(7_000), hints.take());
        ticker.millis(7_000);
        assertEquals(new Look.Everything(Hint.Cause.DOUBT), hints.take());
    }

    @Test
    void lookAgainIsKeptForItsTimeAndTheSoonerOneCounts() {
        hints.lookAgain(path("a"), Duration.ofSeconds(8));
        hints.lookAgain(path("a"), Duration.ofSeconds(4));
        hints.lookAgain(path("a"), Duration.ofSeconds(6));
        assertEquals(nothing(4_000), hints.take());
        ticker.millis(4_000);
        assertEquals(directories("a"), hints.take());
        assertEquals(NOTHING, hints.take());
    }

    @Test
    void lookAgainOutlivesALookAtTheWholeFolder() {
        hints.accept(new Hint.Everything(Hint.Cause.ASKED));
        hints.lookAgain(path("growing"), Duration.ofSeconds(30));
        ticker.millis(250);
        assertInstanceOf(Look.Everything.class, hints.take());
        ticker.millis(29_750);
        assertEquals(directories("growing"), hints.take());
    }

    @RepeatedTest(20)
    void everyHintIsFollowedByALookThatCoversIt(RepetitionInfo repetition) {
        long seed = 4711L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Set<RelativePath> open = new TreeSet<>();
        for (int i = 0; i < 5_000; i++) {
            RelativePath file = path("d" + random.nextInt(random.nextInt(4) == 0 ? 400 : 20) + "/f");
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> open.add(told(new Hint.Touched(file), file));
                case 3 -> open.add(told(new Hint.Gone(file), file));
                case 4 -> {
                    hints.lookAgain(file.parent().orElseThrow(), Duration.ofMillis(random.nextInt(9_000)));
                    open.add(file.parent().orElseThrow());
                }
                default -> ticker.millis(random.nextInt(400));
            }
            cover(open);
        }
        for (int i = 0; i < 100 && !open.isEmpty(); i++) {
            ticker.millis(200);
            cover(open);
        }
        assertTrue(open.isEmpty(), () -> "never looked at, seed " + seed + ": " + open);
    }

    private RelativePath told(Hint hint, RelativePath file) {
        hints.accept(hint);
        return file.parent().orElseThrow();
    }

    private void cover(Set<RelativePath> open) {
        switch (hints.take()) {
            case Look.Directories(var directories) -> open.removeAll(directories);
            case Look.Everything _ -> open.clear();
            case Look.Nothing(var until) -> assertTrue(until.isEmpty() || until.get().isPositive());
        }
    }
}
