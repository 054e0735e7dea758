package org.stratobox.sync.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class QuotaTest {
    @TempDir
    Path root;

    /// A node that was started over existing objects and then had some removed said that it was full.
    @Test
    void roomStaysUnlimitedWhenWhatWasThereBeforeIsRemoved() throws Exception {
        Quota quota = Quota.of(OptionalLong.empty(), root);
        quota.giveBack(1000);
        assertTrue(quota.free() > 1L << 60);
        assertTrue(quota.take(5000));
    }

    @Test
    void limitCountsWhatWasThereBefore() throws Exception {
        Files.write(root.resolve("object"), new byte[700]);
        Quota quota = Quota.of(OptionalLong.of(1000), root);
        assertEquals(300, quota.free());
        assertFalse(quota.take(301));
        quota.giveBack(700);
        assertTrue(quota.take(1000));
        assertEquals(0, quota.free());
    }
}
