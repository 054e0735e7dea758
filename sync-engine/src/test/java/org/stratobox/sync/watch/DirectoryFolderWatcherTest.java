package org.stratobox.sync.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.model.RelativePath;
import org.stratobox.sync.task.Tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/// The real watcher on a real disk. Hints may come doubled and in any order, so tests wait for the one they need.
class DirectoryFolderWatcherTest {
    private static final long WAIT_SECONDS = 30;

    @TempDir
    private Path temp = Path.of("");
    private final Tasks tasks = new Tasks(1);
    private final BlockingQueue<Hint> hints = new LinkedBlockingQueue<>();
    private Path root = temp;

    @BeforeEach
    void makeAFolder() throws IOException {
        root = Files.createDirectories(temp.resolve("root"));
        Files.createDirectories(root.resolve(".stratobox/tmp"));
        Files.createDirectories(root.resolve("deep/er"));
        Files.writeString(root.resolve("deep/er/old"), "x");
    }

    @AfterEach
    void endTasks() {
        tasks.close();
    }

    private FolderWatcher.Watch watch() throws InterruptedException {
        FolderWatcher.Watch watch = new DirectoryFolderWatcher(tasks.work()).watch(root, hints::add);
        await(hint -> hint.equals(new Hint.Everything(Hint.Cause.BEGUN)));
        return watch;
    }

    private void await(Predicate<Hint> wanted) throws InterruptedException {
        Hint hint = hints.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        while (hint != null && !wanted.test(hint)) {
            hint = hints.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        }
        if (hint == null) {
            fail("the hint never came");
        }
    }

    private void awaitTouched(String path) throws InterruptedException {
        await(new Hint.Touched(new RelativePath(path))::equals);
    }

    @Test
    void changesAreHintedAt() throws Exception {
        try (FolderWatcher.Watch watch = watch()) {
            assertEquals(3, assertInstanceOf(WatchState.Watching.class, watch.state()).directories());
            assertTrue(watch.state().isComplete());
            Files.writeString(root.resolve("new"), "x");
            awaitTouched("new");
            Files.writeString(root.resolve("deep/er/old"), "changed");
            awaitTouched("deep/er/old");
            Files.move(root.resolve("deep/er/old"), root.resolve("deep/moved"));
            Set<Hint> both = new HashSet<>(Set.of(new Hint.Gone(new RelativePath("deep/er/old")),
                    new Hint.Touched(new RelativePath("deep/moved"))));
            await(hint -> both.remove(hint) && both.isEmpty());
        }
    }

    @Test
    void whatIsInsideANewDirectoryIsHintedAt() throws Exception {
        try (FolderWatcher.Watch _ = watch()) {
            Path made = Files.createDirectories(temp.resolve("made/below"));
            Files.writeString(made.resolve("file"), "x");
            Files.move(temp.resolve("made"), root.resolve("made"));
            Set<Hint> both = new HashSet<>(Set.of(new Hint.Touched(new RelativePath("made")),
                    new Hint.Touched(new RelativePath("made/below/file"))));
            await(hint -> both.remove(hint) && both.isEmpty());
            Files.writeString(root.resolve("made/below/later"), "x");
            awaitTouched("made/below/later");
        }
    }

    @Test
    void namesAreInTheFormOfTheAccountAndOddOnesStandForTheirDirectory() throws Exception {
        try (FolderWatcher.Watch _ = watch()) {
            Files.writeString(root.resolve("deep/u\u0308ber"), "x");
            awaitTouched("deep/\u00fcber");
        }
        Path tooLong = root.resolve("deep").resolve("\u00e9".repeat(200)).resolve("y");
        assertEquals(new Hint.Touched(new RelativePath("deep/?")), HintPaths.gone(root, tooLong).orElseThrow());
        assertTrue(HintPaths.touched(root, temp.resolve("elsewhere")).isEmpty());
        assertTrue(HintPaths.touched(root, root).isEmpty());
    }

    @Test
    void ourOwnNamesAreNeverHintedAt() throws Exception {
        try (FolderWatcher.Watch _ = watch()) {
            Files.writeString(root.resolve(".stratobox/tmp/piece"), "x");
            Files.writeString(root.resolve(".stratobox-piece"), "x");
            Files.writeString(root.resolve("deep/.stratobox-piece"), "x");
            Files.delete(root.resolve("deep/.stratobox-piece"));
            Files.writeString(root.resolve("last"), "x");
            Hint first = hints.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertEquals(new Hint.Touched(new RelativePath("last")), first);
        }
    }

    @Test
    void aWatchEndsWithANoticeWhenTheSystemAllowsTooFewDirectories() throws Exception {
        InotifyLimits tight = new InotifyLimits(OptionalLong.of(3), OptionalLong.of(128));
        try (FolderWatcher.Watch watch = new DirectoryFolderWatcher(tasks.work(), tight).watch(root, hints::add)) {
            await(new Hint.Everything(Hint.Cause.DOUBT)::equals);
            WatchState.Off off = assertInstanceOf(WatchState.Off.class, watch.state());
            assertEquals(WatchNotice.Kind.LIMIT_REACHED, off.notice().kind());
            assertFalse(watch.state().isComplete());
        }
    }

    @Test
    void aWatchEndsWithANoticeWhenTheRootIsNotThere() throws Exception {
        FolderWatcher.Watch watch = new DirectoryFolderWatcher(tasks.work()).watch(temp.resolve("no"), hints::add);
        await(new Hint.Everything(Hint.Cause.DOUBT)::equals);
        assertInstanceOf(WatchState.Off.class, watch.state());
        watch.close();
    }

    @Test
    void noHintComesAfterCloseAndTheThreadHasEnded() throws Exception {
        FolderWatcher.Watch watch = watch();
        watch.close();
        watch.close();
        hints.clear();
        Files.writeString(root.resolve("late"), "x");
        // fails if a task still runs
        tasks.close();
        assertTrue(hints.isEmpty());
    }
}
