package org.stratobox.sync.object;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.sync.model.Entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TreeBuilderTest {
    private final MemoryObjects objects = new MemoryObjects();
    private final TreeBuilder<ObjectException> builder = new TreeBuilder<>(objects);
    private final TreeReader<ObjectException> reader = new TreeReader<>(objects);

    private static List<TreeEntry> entries(int count, long seed) {
        RandomObjects random = new RandomObjects(seed);
        List<TreeEntry> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(random.treeEntry(String.format("%07d", i)));
        }
        return out;
    }

    private Map<String, TreeEntry> readAll(Capability directory) throws ObjectException {
        Map<String, TreeEntry> all = new TreeMap<>(NameOrder.INSTANCE);
        reader.forEach(directory, entry -> assertTrue(all.put(entry.name(), entry) == null, "a name came twice"));
        return all;
    }

    @Test
    void buildGivesOneLeafForAnEmptyAndForASmallDirectory() throws ObjectException {
        assertEquals(List.of(), List.copyOf(readAll(builder.build(List.of())).values()));
        List<TreeEntry> small = entries(1_000, 1);
        assertEquals(small, List.copyOf(readAll(builder.build(small)).values()));
        assertEquals(2, objects.count());
    }

    @Test
    void buildSplitsALargeDirectoryAndReaderGivesItBack() throws ObjectException {
        List<TreeEntry> large = entries(60_000, 2);
        Capability directory = builder.build(large);
        assertTrue(objects.largest <= TreeObject.MAX_LEAF_BYTES, "largest body " + objects.largest);
        assertEquals(large, List.copyOf(readAll(directory).values()));
        assertEquals(directory, builder.build(large));
    }

    @Test
    void buildHandlesAMillionEntriesWithoutHoldingTheirBytes() throws ObjectException {
        Entry entry = new RandomObjects(3).entry();
        List<TreeEntry> million = new Lazy(entry);
        int[] count = new int[1];
        reader.forEach(builder.build(million), e -> count[0]++);
        assertEquals(1_000_000, count[0]);
        assertTrue(objects.largest <= TreeObject.MAX_LEAF_BYTES);
    }

    private static final class Lazy extends AbstractList<TreeEntry> implements RandomAccess {
        private final Entry entry;

        Lazy(Entry entry) {
            this.entry = entry;
        }

        @Override
        public TreeEntry get(int index) {
            return TreeEntry.of(String.format("%07d", index), entry);
        }

        @Override
        public int size() {
            return 1_000_000;
        }
    }

    @Test
    void buildRefusesEntriesOutOfOrder() {
        List<TreeEntry> twice = List.of(entries(1, 1).getFirst(), entries(1, 1).getFirst());
        assertThrows(IllegalArgumentException.class, () -> builder.build(twice));
        List<TreeEntry> large = new ArrayList<>(entries(60_000, 1));
        large.add(large.getFirst());
        assertThrows(IllegalArgumentException.class, () -> builder.build(large));
    }

    @Test
    void findOpensOneObjectPerLevel() throws ObjectException {
        List<TreeEntry> large = entries(60_000, 4);
        Capability directory = builder.build(large);
        objects.opened = 0;
        assertEquals(Optional.of(large.get(12_345)), reader.find(directory, "0012345"));
        assertTrue(objects.opened <= 3, "opened " + objects.opened);
        assertEquals(Optional.empty(), reader.find(directory, "none"));
    }

    @Test
    void forEachDifferenceFindsExactlyTheChangesAndOpensLittle() throws ObjectException {
        List<TreeEntry> before = entries(60_000, 5);
        List<TreeEntry> after = new ArrayList<>(before);
        RandomObjects random = new RandomObjects(6);
        after.set(77, random.treeEntry("0000077"));
        after.remove(1_000);
        after.add(random.treeEntry("1"));
        after.sort((a, b) -> NameOrder.INSTANCE.compare(a.name(), b.name()));
        assertEquals(expected(before, after), differences(before, after));
        assertTrue(objects.opened < 20, "opened " + objects.opened);
    }

    @Test
    void forEachDifferenceComparesSplitWithWholeDirectories() throws ObjectException {
        List<TreeEntry> large = entries(30_000, 8);
        List<TreeEntry> small = large.subList(100, 900);
        assertEquals(expected(large, small), differences(large, small));
        assertEquals(expected(small, large), differences(small, large));
        assertEquals(expected(List.of(), large), differences(List.of(), large));
    }

    private Map<String, List<Optional<TreeEntry>>> differences(List<TreeEntry> a, List<TreeEntry> b)
            throws ObjectException {
        Optional<Capability> before = a.isEmpty() ? Optional.empty() : Optional.of(builder.build(a));
        Capability after = builder.build(b);
        objects.opened = 0;
        Map<String, List<Optional<TreeEntry>>> found = new HashMap<>();
        reader.forEachDifference(before, Optional.of(after),
                (x, y) -> found.put(x.or(() -> y).orElseThrow().name(), List.of(x, y)));
        return found;
    }

    private static Map<String, List<Optional<TreeEntry>>> expected(List<TreeEntry> a, List<TreeEntry> b) {
        Map<String, TreeEntry> x = new HashMap<>();
        a.forEach(e -> x.put(e.name(), e));
        Map<String, List<Optional<TreeEntry>>> out = new HashMap<>();
        b.forEach(e -> out.put(e.name(), List.of(Optional.ofNullable(x.remove(e.name())), Optional.of(e))));
        x.forEach((name, e) -> out.put(name, List.of(Optional.of(e), Optional.empty())));
        out.values().removeIf(pair -> pair.getFirst().equals(pair.getLast()));
        return out;
    }

    @Test
    void readerRefusesAPartInTheWrongPlace() throws ObjectException {
        Capability leaf = builder.build(entries(100, 9));
        List<Optional<Capability>> children = new ArrayList<>();
        for (int i = 0; i < TreeObject.FAN_OUT; i++) {
            children.add(Optional.of(leaf));
        }
        Capability wrong = objects.seal(ObjectType.TREE, new TreeObject.Buckets(0, children).encode());
        assertThrows(ObjectException.class, () -> readAll(wrong));
        Capability wrongLevel = objects.seal(ObjectType.TREE, new TreeObject.Buckets(1, children).encode());
        assertThrows(ObjectException.class, () -> readAll(wrongLevel));
    }
}
