package org.stratobox.sync.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratobox.crypto.Digest256;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.mesh.NodeAddress;
import org.stratobox.sync.mesh.NodeSpec;
import org.stratobox.sync.model.NodeId;
import org.stratobox.sync.pack.coding.CodingProfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PlacementTest {
    @Test
    void orderIsTheSameHoweverTheNodesAreListed() {
        List<NodeSpec> nodes = nodes(6, 6);
        assertEquals(Placement.order(pack(1), nodes), Placement.order(pack(1), nodes.reversed()));
    }

    @Test
    void orderTakesOneNodeOfEveryDomain() {
        List<NodeSpec> order = Placement.order(pack(1), nodes(12, 4));
        assertEquals(4, order.size());
        assertEquals(4, order.stream().map(NodeSpec::domain).distinct().count());
    }

    @Test
    void orderSpreadsPacksEvenly() {
        List<NodeSpec> nodes = nodes(8, 4);
        Map<NodeSpec, Integer> first = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            first.merge(Placement.order(pack(i), nodes).getFirst(), 1, Integer::sum);
        }
        assertEquals(8, first.size());
        first.forEach((node, count) -> assertTrue(count > 400 && count < 600, node + " got " + count));
    }

    @Test
    void orderOfTheOthersStaysWhenADomainGoes() {
        List<NodeSpec> nodes = nodes(5, 5);
        for (int i = 0; i < 50; i++) {
            List<NodeSpec> before = new ArrayList<>(Placement.order(pack(i), nodes));
            before.remove(nodes.get(2));
            List<NodeSpec> without = nodes.stream().filter(n -> !n.equals(nodes.get(2))).toList();
            assertEquals(before, Placement.order(pack(i), without));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "3, 1, 3", "4, 2, 4", "5, 2, 5", "6, 3, 6", "7, 4, 7", "8, 4, 8", "9, 5, 9",
        "10, 6, 10", "11, 6, 10", "12, 8, 12", "13, 8, 12", "14, 8, 14", "15, 8, 14", "16, 10, 16", "40, 10, 16"})
    void forPackFollowsTheTableByNumberOfDomains(int domains, int k, int n) {
        assertEquals(new CodingProfile(k, n), Profiles.forPack(domains, Profiles.CODED_FROM));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "5, 5", "6, 5", "40, 5"})
    void forPackKeepsSmallPacksAsCopies(int domains, int copies) {
        assertEquals(CodingProfile.copies(copies), Profiles.forPack(domains, Profiles.CODED_FROM - 1));
    }

    @Test
    void aMeshWithoutDomainsHasNoProfile() {
        assertThrows(IllegalArgumentException.class, () -> Profiles.forPack(0, 1 << 20));
        assertThrows(IllegalArgumentException.class, () -> Profiles.forCopies(0));
    }

    private static Digest256 pack(int i) {
        return Sha256.of(new byte[]{(byte) i, (byte) (i >> 8)});
    }

    private static List<NodeSpec> nodes(int count, int domains) {
        List<NodeSpec> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = new byte[16];
            id[0] = (byte) i;
            out.add(new NodeSpec(NodeId.of(id), NodeAddress.parse("memory:" + i), "domain " + i % domains));
        }
        return out;
    }
}
