package org.stratobox.sync.mesh;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.MeshNode.PutResult;
import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What [MeshNode] promises, for every adapter and decorator.
public abstract class MeshNodeContract {
    private final List<MeshNode> opened = new ArrayList<>();
    private MeshNode node = new FaultyNode();

    /// Opens the account's part of the place under test, which is empty at the start of every test.
    ///
    /// @param accountTagHex which account
    /// @return a new node
    protected abstract MeshNode open(String accountTagHex) throws Exception;

    /// @return whether the engine refuses to put over an existing name; of those that overwrite, several writers at the
    /// same moment may each be told that theirs was the first
    protected boolean neverOverwrites() {
        return true;
    }

    /// Opens and prepares the node of the test.
    @BeforeEach
    protected void openTheNode() throws Exception {
        node = opened(TestNodes.ACCOUNT);
        node.prepare();
    }

    /// Closes every node the test opened.
    @AfterEach
    protected void closeTheNodes() {
        opened.forEach(MeshNode::close);
    }

    private MeshNode opened(String accountTagHex) throws Exception {
        MeshNode fresh = open(accountTagHex);
        opened.add(fresh);
        return fresh;
    }

    @Test
    void prepareMakesThePlaceReadyAndMayBeRepeated() throws Exception {
        MeshNode other = opened(TestNodes.OTHER_ACCOUNT);
        assertFalse(other.isPrepared());
        other.prepare();
        assertTrue(other.isPrepared());
        ObjectName kept = TestNodes.store(other, Space.KEYS, TestNodes.body(1, 100));
        other.prepare();
        assertTrue(other.isPrepared());
        assertEquals(Optional.of(100L), other.size(Space.KEYS, kept));
    }

    @Test
    void everyCallIsUnreachableWhenThePlaceIsNotPrepared() throws Exception {
        MeshNode other = opened(TestNodes.OTHER_ACCOUNT);
        byte[] body = TestNodes.body(2, 100);
        ObjectName name = ObjectName.of(body);
        assertThrows(NodeException.Unreachable.class, () -> other.put(Space.DATA, name, ByteBuffer.wrap(body)));
        assertThrows(NodeException.Unreachable.class, () -> other.get(Space.DATA, name));
        assertThrows(NodeException.Unreachable.class, () -> other.getRange(Space.DATA, name, 0, 1));
        assertThrows(NodeException.Unreachable.class, () -> other.size(Space.DATA, name));
        assertThrows(NodeException.Unreachable.class, () -> other.list(Space.DATA));
        assertThrows(NodeException.Unreachable.class, () -> other.delete(Space.DATA, name));
        assertFalse(other.isPrepared());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 65_537, (1 << 20) + 3})
    void getReturnsWhatWasPutWhateverItsSize(int size) throws Exception {
        byte[] body = TestNodes.body(size, size);
        ObjectName name = ObjectName.of(body);
        assertEquals(PutResult.STORED, node.put(Space.DATA, name, ByteBuffer.wrap(body)));
        assertArrayEquals(body, node.get(Space.DATA, name));
        assertEquals(Optional.of((long) size), node.size(Space.DATA, name));
        assertEquals(List.of(new StoredObject(name, size)), node.list(Space.DATA));
    }

    @ParameterizedTest
    @EnumSource(Space.class)
    void everySpaceKeepsItsOwnObjects(Space space) throws Exception {
        byte[] body = TestNodes.body(3, 5000);
        ObjectName name = TestNodes.store(node, space, body);
        assertArrayEquals(body, node.get(space, name));
        for (Space other : Space.values()) {
            assertEquals(other == space ? 1 : 0, node.list(other).size());
        }
        assertTrue(node.delete(space, name));
        assertEquals(Optional.empty(), node.size(space, name));
        assertThrows(NodeException.NotFound.class, () -> node.get(space, name));
    }

    @Test
    void putAnswersPresentWhenTheObjectIsThere() throws Exception {
        byte[] body = TestNodes.body(4, 4096);
        ObjectName name = TestNodes.store(node, Space.HEAD, body);
        assertEquals(PutResult.PRESENT, node.put(Space.HEAD, name, ByteBuffer.wrap(body)));
        assertEquals(PutResult.PRESENT, opened(TestNodes.ACCOUNT).put(Space.HEAD, name, ByteBuffer.wrap(body)));
        assertArrayEquals(body, node.get(Space.HEAD, name));
    }

    @Test
    void putRejectsAWrongNameBeforeAnythingIsStored() throws Exception {
        byte[] body = TestNodes.body(5, 4096);
        ObjectName wrong = ObjectName.of(TestNodes.body(6, 4096));
        assertThrows(IllegalArgumentException.class, () -> node.put(Space.DATA, wrong, ByteBuffer.wrap(body)));
        assertEquals(List.of(), node.list(Space.DATA));
    }

    @Test
    void putTakesWhatRemainsOfAnyBufferAndLeavesItsPosition() throws Exception {
        byte[] body = TestNodes.body(7, 300_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(400_000).position(50_000).put(body).flip().position(50_000);
        ByteBuffer readOnly = direct.asReadOnlyBuffer();
        for (ByteBuffer buffer : List.of(direct, readOnly)) {
            ObjectName name = ObjectName.of(buffer);
            assertEquals(PutResult.STORED, node.put(Space.INDEX, name, buffer));
            assertEquals(50_000, buffer.position());
            assertEquals(350_000, buffer.limit());
            assertArrayEquals(body, node.get(Space.INDEX, name));
            assertTrue(node.delete(Space.INDEX, name));
        }
    }

    @Test
    void getRangeReturnsExactlyTheBytesAskedFor() throws Exception {
        byte[] body = TestNodes.body(8, 100_000);
        ObjectName name = TestNodes.store(node, Space.DATA, body);
        for (int[] range : new int[][]{{0, 1}, {0, 100_000}, {99_999, 1}, {12_345, 65_536}}) {
            byte[] expected = Arrays.copyOfRange(body, range[0], range[0] + range[1]);
            assertArrayEquals(expected, node.getRange(Space.DATA, name, range[0], range[1]));
        }
    }

    @Test
    void getRangeIsCorruptWhenTheObjectIsShorter() throws Exception {
        ObjectName name = TestNodes.store(node, Space.DATA, TestNodes.body(9, 1000));
        assertThrows(NodeException.Corrupt.class, () -> node.getRange(Space.DATA, name, 990, 11));
        assertThrows(NodeException.Corrupt.class, () -> node.getRange(Space.DATA, name, 5000, 10));
        assertThrows(IllegalArgumentException.class, () -> node.getRange(Space.DATA, name, -1, 10));
        assertThrows(IllegalArgumentException.class, () -> node.getRange(Space.DATA, name, 0, 0));
    }

    @Test
    void anAbsentObjectIsAnsweredAsAbsent() throws Exception {
        ObjectName name = ObjectName.of(TestNodes.body(10, 10));
        assertThrows(NodeException.NotFound.class, () -> node.get(Space.DATA, name));
        assertThrows(NodeException.NotFound.class, () -> node.getRange(Space.DATA, name, 0, 1));
        assertEquals(Optional.empty(), node.size(Space.DATA, name));
        assertFalse(node.delete(Space.DATA, name));
        assertEquals(List.of(), node.list(Space.DATA));
    }

    @Test
    void listIsCompleteWhenThereAreManyObjects() throws Exception {
        List<StoredObject> expected = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            expected.add(new StoredObject(TestNodes.store(node, Space.DATA, TestNodes.body(i, 10 + i)), 10 + i));
        }
        expected.sort((a, b) -> a.name().compareTo(b.name()));
        assertEquals(expected, TestNodes.sorted(opened(TestNodes.ACCOUNT), Space.DATA));
    }

    @Test
    void accountsOfOnePlaceDoNotSeeEachOther() throws Exception {
        MeshNode other = opened(TestNodes.OTHER_ACCOUNT);
        other.prepare();
        ObjectName name = TestNodes.store(node, Space.DATA, TestNodes.body(11, 100));
        assertEquals(List.of(), other.list(Space.DATA));
        assertThrows(NodeException.NotFound.class, () -> other.get(Space.DATA, name));
    }

    @Test
    void oneOfManyWritersOfTheSameObjectStoresIt() throws Exception {
        byte[] body = TestNodes.body(12, 200_000);
        ObjectName name = ObjectName.of(body);
        List<PutResult> results = inParallel(8, i -> node.put(Space.DATA, name, ByteBuffer.wrap(body)));
        long stored = results.stream().filter(r -> r == PutResult.STORED).count();
        assertTrue(neverOverwrites() ? stored == 1 : stored >= 1, () -> results.toString());
        assertArrayEquals(body, node.get(Space.DATA, name));
        assertEquals(1, node.list(Space.DATA).size());
    }

    @Test
    void writersOfDifferentObjectsDoNotDisturbEachOther() throws Exception {
        List<ObjectName> names = inParallel(16,
                i -> TestNodes.store(node, Space.DATA, TestNodes.body(100 + i, 70_000 + i)));
        for (int i = 0; i < names.size(); i++) {
            assertArrayEquals(TestNodes.body(100 + i, 70_000 + i), node.get(Space.DATA, names.get(i)));
        }
    }

    @Test
    void anInterruptedCallIsUnreachableAndStaysInterrupted() throws Exception {
        byte[] body = TestNodes.body(13, 100_000);
        ObjectName there = TestNodes.store(node, Space.DATA, body);
        byte[] fresh = TestNodes.body(14, 100_000);
        inParallel(1, i -> {
            Thread.currentThread().interrupt();
            assertThrows(NodeException.Unreachable.class, () -> node.get(Space.DATA, there));
            assertTrue(Thread.currentThread().isInterrupted());
            assertThrows(NodeException.Unreachable.class,
                    () -> node.put(Space.DATA, ObjectName.of(fresh), ByteBuffer.wrap(fresh)));
            return Thread.interrupted();
        });
        assertArrayEquals(body, node.get(Space.DATA, there));
        assertThrows(NodeException.NotFound.class, () -> node.get(Space.DATA, ObjectName.of(fresh)));
    }

    /// What the feed of the node answers, if it has one and the place behind can tell.
    private Optional<Cursor> news(Cursor after, Duration timeout) throws NodeException {
        Optional<ChangeFeed> feed = node.changeFeed();
        return feed.isEmpty() ? Optional.empty() : feed.get().awaitChange(Space.HEAD, after, timeout);
    }

    @Test
    void theFeedAnswersAtOnceWhenSomethingIsNew() throws Exception {
        Optional<Cursor> empty = news(Cursor.START, ChangeFeed.LONGEST);
        assumeTrue(empty.isPresent(), "this place cannot tell news");
        ObjectName name = TestNodes.store(node, Space.HEAD, TestNodes.body(30, 100));
        Optional<Cursor> one = news(empty.get(), ChangeFeed.LONGEST);
        assertNotEquals(empty, one);
        assertTrue(node.delete(Space.HEAD, name));
        assertEquals(empty, news(one.orElseThrow(), ChangeFeed.LONGEST));
        assertEquals(empty, news(empty.get(), Duration.ofMillis(300)));
    }

    @Test
    void theFeedWakesWhoWaitsWhenAnotherStoresAHead() throws Exception {
        Optional<Cursor> before = news(Cursor.START, ChangeFeed.LONGEST);
        assumeTrue(before.isPresent(), "this place cannot tell news");
        MeshNode other = opened(TestNodes.ACCOUNT);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Cursor>> waiting = executor.submit(() -> {
                Optional<Cursor> answer = before;
                // a wait may end early or late, and must not end for good
                for (int i = 0; i < 10 && answer.equals(before); i++) {
                    answer = news(before.get(), ChangeFeed.LONGEST);
                }
                return answer;
            });
            TestNodes.store(other, Space.HEAD, TestNodes.body(31, 100));
            assertEquals(Optional.of(Cursor.of(node.list(Space.HEAD))), waiting.get());
        }
    }

    @Test
    void theFeedOfAPlaceThatIsNotPreparedIsUnreachable() throws Exception {
        assumeTrue(news(Cursor.START, ChangeFeed.LONGEST).isPresent(), "this place cannot tell news");
        Optional<ChangeFeed> feed = opened(TestNodes.OTHER_ACCOUNT).changeFeed();
        assertThrows(NodeException.Unreachable.class,
                () -> feed.orElseThrow().awaitChange(Space.HEAD, Cursor.START, Duration.ofMillis(300)));
    }

    @Test
    void theFeedIsUnreachableAndStaysInterruptedWhenItsCallerIs() throws Exception {
        Optional<Cursor> now = news(Cursor.START, ChangeFeed.LONGEST);
        assumeTrue(now.isPresent(), "this place cannot tell news");
        inParallel(1, i -> {
            Thread.currentThread().interrupt();
            assertThrows(NodeException.Unreachable.class, () -> news(now.get(), ChangeFeed.LONGEST));
            return Thread.interrupted();
        }).forEach(stayed -> assertTrue(stayed));
    }

    @Test
    void usageIsPlausibleWhenTheEngineTells() throws Exception {
        Optional<MeshNode.Usage> usage = node.usage();
        assertTrue(usage.isEmpty() || (usage.get().used() >= 0 && usage.get().free() > 0));
    }

    @Test
    void callsFailAfterCloseAndCloseMayBeRepeated() throws Exception {
        MeshNode closing = opened(TestNodes.ACCOUNT);
        ObjectName name = TestNodes.store(closing, Space.DATA, TestNodes.body(15, 10));
        closing.close();
        closing.close();
        assertThrows(IllegalStateException.class, () -> closing.get(Space.DATA, name));
        assertThrows(IllegalStateException.class, () -> closing.list(Space.DATA));
        assertThrows(IllegalStateException.class, closing::isPrepared);
    }

    private interface Numbered<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int count, Numbered<T> task) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                tasks.add(() -> task.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
