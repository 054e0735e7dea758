package org.stratobox.sync.localfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What every [LocalDisk] does, the real one and the simulated one.
public abstract class LocalDiskContract {
    private static final long TIME = 1_700_000_000_000_000_000L;

    private LocalDisk disk;
    private Path root;

    /// @return the disk to be tested
    protected abstract LocalDisk disk();

    /// @return an existing empty directory on it, absolute and real
    protected abstract Path root();

    @BeforeEach
    void makeOwnArea() throws IOException {
        disk = disk();
        root = root();
        disk.makeDirectory(own(""), 0700);
        for (String part : List.of(LocalDisk.STAGE, LocalDisk.TRASH, LocalDisk.PARK)) {
            disk.makeDirectory(own(part), 0700);
        }
    }

    private Path own(String name) {
        Path area = root.resolve(FolderMarker.OWN_PREFIX);
        return name.isEmpty() ? area : area.resolve(name);
    }

    private Path stage(String name) {
        return own(LocalDisk.STAGE).resolve(name);
    }

    private Path staged(String name, String text) throws IOException {
        try (SeekableByteChannel out = disk.openStaged(stage(name))) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        return stage(name);
    }

    private Path parked(String name, String text) throws IOException {
        disk.renameNoReplace(staged(name, text), own(LocalDisk.PARK).resolve(name));
        return own(LocalDisk.PARK).resolve(name);
    }

    private Path file(String name, String text) throws IOException {
        disk.renameNoReplace(staged("new", text), root.resolve(name));
        return root.resolve(name);
    }

    private Path directory(String name) throws IOException {
        disk.makeDirectory(root.resolve(name), 0755);
        return root.resolve(name);
    }

    private String text(Path file) throws IOException {
        try (SeekableByteChannel in = disk.open(file)) {
            ByteBuffer out = ByteBuffer.allocate(1 << 17);
            while (out.hasRemaining() && in.read(out) >= 0) {
                // to its end
            }
            return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
        }
    }

    private List<String> names(Path directory) throws IOException {
        return disk.list(directory).stream().map(LocalFiles.Child::name).sorted().toList();
    }

    @Test
    void realGivesTheSamePathWhenThereIsNoLinkInIt() throws Exception {
        assertEquals(root, disk.real(root));
        assertThrows(IOException.class, () -> disk.real(root.resolve("absent")));
    }

    @Test
    void makeDirectoryMakesExactlyOneWithItsMode() throws Exception {
        assertThrows(NoSuchFileException.class, () -> disk.makeDirectory(root.resolve("a").resolve("b"), 0755));
        disk.makeDirectory(root.resolve("a"), 0777);
        FileStat made = disk.stat(root.resolve("a"));
        assertEquals(FileStat.Kind.DIRECTORY, made.kind());
        if (disk.traits(root).modes()) {
            assertEquals(0777, made.mode(), "whatever the mask of the process");
        }
        assertThrows(FileAlreadyExistsException.class, () -> disk.makeDirectory(root.resolve("a"), 0755));
        file("f", "x");
        assertThrows(FileAlreadyExistsException.class, () -> disk.makeDirectory(root.resolve("f"), 0755));
        assertEquals("x", text(root.resolve("f")));
    }

    @Test
    void openStagedWritesAnywhereAndLeavesZerosBetween() throws Exception {
        try (SeekableByteChannel out = disk.openStaged(stage("s"))) {
            out.position(5).write(ByteBuffer.wrap(new byte[]{'b'}));
        }
        try (SeekableByteChannel out = disk.openStaged(stage("s"));
                SeekableByteChannel second = disk.openStaged(stage("s"))) {
            out.write(ByteBuffer.wrap(new byte[]{'a'}));
            second.position(2).write(ByteBuffer.wrap(new byte[]{'c'}));
            assertEquals(6, out.size());
        }
        assertEquals("a\0c\0\0b", text(stage("s")));
    }

    @Test
    void openStagedRefusesEverythingOutsideAStage() throws Exception {
        file("f", "mine");
        for (Path path : List.of(root.resolve("f"), own(LocalDisk.PARK).resolve("p"), own(LocalDisk.TRASH).resolve("t"),
                own(LocalDisk.STAGE), root.resolve(LocalDisk.STAGE).resolve("x"), own("folder"))) {
            assertThrows(IllegalArgumentException.class, () -> disk.openStaged(path));
        }
        assertEquals("mine", text(root.resolve("f")));
    }

    @Test
    void openStagedRefusesALinkThatHasTheName() throws Exception {
        assumeTrue(disk.traits(root).symlinks());
        Path mine = file("f", "mine");
        disk.makeLink(stage("s"), mine.toString());
        assertThrows(IOException.class, () -> disk.openStaged(stage("s")));
        assertEquals("mine", text(mine));
    }

    @Test
    void exchangeSwapsNamesAndKeepsEverythingElse() throws Exception {
        assumeTrue(disk.traits(root).exchange());
        Path one = file("one", "1");
        Path other = parked("s", "2");
        disk.setTime(one, TIME);
        FileStat before = disk.stat(one);
        FileStat otherBefore = disk.stat(other);
        disk.exchange(one, other);
        assertEquals("2", text(one));
        assertEquals("1", text(other));
        assertEquals(List.of(before.fileKey(), TIME, before.size()),
                List.of(disk.stat(other).fileKey(), disk.stat(other).mtimeNanos(), disk.stat(other).size()));
        assertEquals(otherBefore.fileKey(), disk.stat(one).fileKey());
    }

    @Test
    void exchangeSwapsAFileAndADirectoryWithWhatIsInIt() throws Exception {
        assumeTrue(disk.traits(root).exchange());
        file("f", "1");
        directory("d");
        disk.renameNoReplace(staged("s", "in"), root.resolve("d").resolve("x"));
        disk.exchange(root.resolve("f"), root.resolve("d"));
        assertEquals("1", text(root.resolve("d")));
        assertEquals("in", text(root.resolve("f").resolve("x")));
    }

    @Test
    void exchangeChangesNothingWhenOneIsAbsent() throws Exception {
        assumeTrue(disk.traits(root).exchange());
        Path one = file("one", "1");
        assertThrows(NoSuchFileException.class, () -> disk.exchange(one, root.resolve("absent")));
        assertThrows(NoSuchFileException.class, () -> disk.exchange(root.resolve("absent"), one));
        assertEquals("1", text(one));
        assertEquals(List.of(FolderMarker.OWN_PREFIX, "one"), names(root));
    }

    @Test
    void exchangeRefusesAStageBecauseThatNeverHoldsUserData() throws Exception {
        Path one = file("one", "1");
        Path staged = staged("s", "2");
        assertThrows(IllegalArgumentException.class, () -> disk.exchange(one, staged));
        assertThrows(IllegalArgumentException.class, () -> disk.exchange(staged, one));
        assertEquals("1", text(one));
    }

    @Test
    void exchangeSaysWhenTheDiskCannot() throws Exception {
        assumeTrue(!disk.traits(root).exchange());
        Path one = file("one", "1");
        Path other = file("other", "2");
        assertThrows(UnsupportedOperationException.class, () -> disk.exchange(one, other));
        assertEquals("1", text(one));
        assertEquals("2", text(other));
    }

    @Test
    void renameNoReplaceMovesWhatIsThere() throws Exception {
        Path one = file("one", "1");
        directory("d");
        disk.setTime(one, TIME);
        FileStat before = disk.stat(one);
        Path to = root.resolve("d").resolve("two");
        disk.renameNoReplace(one, to);
        assertEquals(Optional.empty(), disk.look(one));
        assertEquals(List.of(before.fileKey(), TIME), List.of(disk.stat(to).fileKey(), disk.stat(to).mtimeNanos()));
        disk.renameNoReplace(root.resolve("d"), root.resolve("e"));
        assertEquals("1", text(root.resolve("e").resolve("two")));
    }

    @Test
    void renameNoReplaceNeverTakesATakenName() throws Exception {
        Path one = file("one", "1");
        Path other = file("other", "2");
        directory("empty");
        directory("dir");
        disk.renameNoReplace(staged("s", "in"), root.resolve("dir").resolve("x"));
        assertThrows(FileAlreadyExistsException.class, () -> disk.renameNoReplace(one, other));
        assertThrows(FileAlreadyExistsException.class, () -> disk.renameNoReplace(one, root.resolve("empty")));
        assertThrows(FileAlreadyExistsException.class,
                () -> disk.renameNoReplace(root.resolve("dir"), root.resolve("empty")));
        assertThrows(FileAlreadyExistsException.class, () -> disk.renameNoReplace(root.resolve("dir"), one));
        assertThrows(NoSuchFileException.class,
                () -> disk.renameNoReplace(root.resolve("absent"), root.resolve("new")));
        assertThrows(NoSuchFileException.class,
                () -> disk.renameNoReplace(one, root.resolve("absent").resolve("new")));
        assertEquals("1", text(one));
        assertEquals("2", text(other));
        assertEquals("in", text(root.resolve("dir").resolve("x")));
        assertEquals(List.of(), names(root.resolve("empty")));
    }

    @Test
    void renameNoReplaceKeepsAnOpenFileWritable() throws Exception {
        try (SeekableByteChannel open = disk.openStaged(stage("s"))) {
            open.write(ByteBuffer.wrap(new byte[]{'a'}));
            disk.renameNoReplace(stage("s"), root.resolve("f"));
            open.write(ByteBuffer.wrap(new byte[]{'b'}));
        }
        assertEquals("ab", text(root.resolve("f")), "a late writer writes into the renamed file");
    }

    @Test
    void removeDirectoryRemovesNothingButAnEmptyDirectory() throws Exception {
        directory("d");
        disk.renameNoReplace(staged("s", "in"), root.resolve("d").resolve("x"));
        Path one = file("f", "1");
        assertThrows(DirectoryNotEmptyException.class, () -> disk.removeDirectory(root.resolve("d")));
        assertThrows(IOException.class, () -> disk.removeDirectory(one));
        assertThrows(NoSuchFileException.class, () -> disk.removeDirectory(root.resolve("absent")));
        if (disk.traits(root).symlinks()) {
            disk.makeLink(root.resolve("l"), "d");
            assertThrows(IOException.class, () -> disk.removeDirectory(root.resolve("l")));
            assertEquals("d", disk.readLink(root.resolve("l")));
        }
        assertEquals("1", text(one));
        disk.renameNoReplace(root.resolve("d").resolve("x"), root.resolve("x"));
        disk.removeDirectory(root.resolve("d"));
        assertEquals(Optional.empty(), disk.look(root.resolve("d")));
    }

    @Test
    void discardRemovesOwnFilesOnly() throws Exception {
        Path mine = file("f", "mine");
        staged("s", "x");
        disk.discard(stage("s"));
        disk.discard(stage("s"));
        assertEquals(Optional.empty(), disk.look(stage("s")));
        disk.renameNoReplace(staged("t", "x"), own(LocalDisk.TRASH).resolve("t"));
        disk.discard(own(LocalDisk.TRASH).resolve("t"));
        disk.renameNoReplace(staged("p", "x"), own(LocalDisk.PARK).resolve("p"));
        for (Path path : List.of(mine, own(LocalDisk.PARK).resolve("p"), own("folder"), own(LocalDisk.STAGE))) {
            assertThrows(IllegalArgumentException.class, () -> disk.discard(path));
        }
        disk.makeDirectory(stage("d"), 0700);
        assertThrows(IOException.class, () -> disk.discard(stage("d")));
        assertEquals("mine", text(mine));
        assertEquals("x", text(own(LocalDisk.PARK).resolve("p")));
    }

    @Test
    void discardRemovesALinkAndNotItsTarget() throws Exception {
        assumeTrue(disk.traits(root).symlinks());
        Path mine = file("f", "mine");
        disk.makeLink(stage("l"), mine.toString());
        disk.discard(stage("l"));
        assertEquals(Optional.empty(), disk.look(stage("l")));
        assertEquals("mine", text(mine));
    }

    @Test
    void makeLinkWritesAnyTextAndTakesNoTakenName() throws Exception {
        assumeTrue(disk.traits(root).symlinks());
        disk.makeLink(root.resolve("l"), "../nowhere/at all");
        assertEquals("../nowhere/at all", disk.readLink(root.resolve("l")));
        assertEquals(FileStat.Kind.SYMLINK, disk.stat(root.resolve("l")).kind());
        file("f", "1");
        assertThrows(FileAlreadyExistsException.class, () -> disk.makeLink(root.resolve("f"), "x"));
        assertThrows(FileAlreadyExistsException.class, () -> disk.makeLink(root.resolve("l"), "x"));
        assertEquals("1", text(root.resolve("f")));
    }

    @Test
    void timesAndModesAreKept() throws Exception {
        Path one = file("one", "1");
        directory("d");
        disk.setMode(one, 0750);
        disk.setTime(one, TIME + 123_000_000);
        disk.setTime(root.resolve("d"), -2_000_000_000L);
        FileStat stat = disk.stat(one);
        long kept = Math.max(1, disk.traits(root).mtimeGranularityNanos());
        assertTrue(Math.abs(TIME + 123_000_000 - stat.mtimeNanos()) < kept, "rounded to what the disk keeps");
        assertEquals(-2_000_000_000L, disk.stat(root.resolve("d")).mtimeNanos());
        if (disk.traits(root).modes()) {
            assertEquals(0750, stat.mode());
        }
        assertThrows(NoSuchFileException.class, () -> disk.setTime(root.resolve("absent"), TIME));
    }

    @Test
    void changeTimeMovesWhenTheModificationTimeIsSetBack() throws Exception {
        Path one = file("one", "1");
        disk.setTime(one, TIME);
        long before = disk.stat(one).ctimeNanos();
        assumeTrue(before != 0);
        assertNotEquals(TIME, before);
    }

    @Test
    void lookTellsAbsentFromThere() throws Exception {
        Path one = file("one", "1");
        assertEquals(Optional.of(disk.stat(one)), disk.look(one));
        assertEquals(Optional.empty(), disk.look(root.resolve("absent")));
        assertEquals(Optional.empty(), disk.look(root.resolve("absent").resolve("below")));
        assertEquals(Optional.empty(), disk.look(one.resolve("below")));
    }

    @Test
    void noWritePassesALinkOnTheWay() throws Exception {
        assumeTrue(disk.traits(root).symlinks());
        directory("outside");
        Path treasure = root.resolve("outside").resolve("treasure");
        disk.renameNoReplace(staged("t", "gold"), treasure);
        directory("outside/empty");
        disk.makeLink(root.resolve("way"), root.resolve("outside").toString());
        Path way = root.resolve("way");
        Path one = file("one", "1");
        assertThrows(LinkInPath.class, () -> disk.look(way.resolve("treasure")));
        assertThrows(LinkInPath.class, () -> disk.renameNoReplace(way.resolve("treasure"), root.resolve("stolen")));
        assertThrows(LinkInPath.class, () -> disk.renameNoReplace(one, way.resolve("planted")));
        assertThrows(LinkInPath.class, () -> disk.makeDirectory(way.resolve("d"), 0755));
        assertThrows(LinkInPath.class, () -> disk.makeDirectory(way.resolve("empty").resolve("d"), 0755));
        assertThrows(LinkInPath.class, () -> disk.makeLink(way.resolve("l"), "x"));
        assertThrows(LinkInPath.class, () -> disk.removeDirectory(way.resolve("empty")));
        assertThrows(LinkInPath.class, () -> disk.setTime(way.resolve("treasure"), 0));
        assertThrows(LinkInPath.class, () -> disk.setMode(way.resolve("treasure"), 0));
        assertThrows(LinkInPath.class, () -> disk.forceDirectory(way));
        if (disk.traits(root).exchange()) {
            assertThrows(LinkInPath.class, () -> disk.exchange(one, way.resolve("treasure")));
        }
        assertEquals(List.of("empty", "treasure"), names(root.resolve("outside")));
        assertEquals(List.of(), names(root.resolve("outside").resolve("empty")));
        assertEquals("gold", text(treasure));
        assertEquals("1", text(one));
    }

    @Test
    void noOwnFileIsTouchedThroughAStageThatIsALink() throws Exception {
        assumeTrue(disk.traits(root).symlinks());
        directory("user");
        disk.renameNoReplace(staged("t", "gold"), root.resolve("user").resolve("s"));
        disk.removeDirectory(own(LocalDisk.STAGE));
        disk.makeLink(own(LocalDisk.STAGE), root.resolve("user").toString());
        assertThrows(LinkInPath.class, () -> disk.discard(stage("s")));
        assertThrows(LinkInPath.class, () -> disk.openStaged(stage("s")));
        assertEquals("gold", text(root.resolve("user").resolve("s")));
    }

    @Test
    void setModeAndSetTimeDoNotFollowALink() throws Exception {
        assumeTrue(disk.traits(root).symlinks() && disk.traits(root).modes());
        Path one = file("one", "1");
        disk.setMode(one, 0640);
        disk.setTime(one, TIME);
        disk.makeLink(root.resolve("l"), "one");
        assertThrows(IOException.class, () -> disk.setMode(root.resolve("l"), 0777));
        disk.setTime(root.resolve("l"), 0);
        assertEquals(List.of(0640L, TIME), List.of((long) disk.stat(one).mode(), disk.stat(one).mtimeNanos()));
    }

    @Test
    void forceTakesFilesAndDirectories() throws Exception {
        Path one = file("one", "1");
        disk.force(List.of(one, staged("s", "2")));
        disk.force(List.of());
        disk.forceDirectory(root);
        assertThrows(IOException.class, () -> disk.force(List.of(root.resolve("absent"))));
        assertThrows(IOException.class, () -> disk.forceDirectory(root.resolve("absent")));
    }

    @Test
    void copyExtrasLeavesBytesTimeAndModeAlone() throws Exception {
        Path one = file("one", "1");
        disk.setMode(one, 0644);
        Path to = staged("s", "2");
        disk.setTime(to, TIME);
        FileStat before = disk.stat(to);
        disk.copyExtras(one, to);
        assertEquals("2", text(to));
        assertEquals(List.of(before.mode(), before.mtimeNanos()),
                List.of(disk.stat(to).mode(), disk.stat(to).mtimeNanos()));
        assertThrows(IllegalArgumentException.class, () -> disk.copyExtras(to, one));
    }

    @Test
    void traitsAreTheSameEachTimeAndLeaveNothing() throws Exception {
        DiskTraits first = disk.traits(root);
        assertEquals(first, disk.traits(root));
        assertEquals(List.of(), names(own(LocalDisk.STAGE)));
        assertEquals(first.foldsCase(), foldsCase());
        assertTrue(first.mtimeGranularityNanos() > 0);
        Room room = disk.room(root);
        assertTrue(room.free() > 0 && room.free() <= room.total());
    }

    private boolean foldsCase() throws IOException {
        file("case", "1");
        boolean folds = disk.look(root.resolve("CASE")).isPresent();
        assertFalse(folds && names(root).size() != 2);
        return folds;
    }

    @Test
    void isInKnowsTheOwnAreaByWholeNames() {
        assertTrue(LocalDisk.isIn(stage("x"), LocalDisk.STAGE));
        assertTrue(LocalDisk.isIn(own(LocalDisk.TRASH).resolve("day").resolve("x"), LocalDisk.TRASH));
        assertFalse(LocalDisk.isIn(own(LocalDisk.STAGE), LocalDisk.STAGE));
        assertFalse(LocalDisk.isIn(stage("x"), LocalDisk.TRASH));
        assertFalse(LocalDisk.isIn(root.resolve(".stratobox-x").resolve(LocalDisk.STAGE).resolve("x"),
                LocalDisk.STAGE));
    }
}
