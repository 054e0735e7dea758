package org.stratobox.sync.watch;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.stratobox.sync.watch.WatchNotice.Kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WatchNoticeTest {
    private static final OptionalLong LIMIT = OptionalLong.of(10_000);

    @Test
    void judgeWarnsFromFourFifthsOfTheLimit() {
        assertTrue(WatchNotice.judge(7_999, LIMIT).isEmpty());
        assertEquals(Kind.LIMIT_NEAR, WatchNotice.judge(8_000, LIMIT).orElseThrow().kind());
        assertEquals(Kind.LIMIT_NEAR, WatchNotice.judge(9_999, LIMIT).orElseThrow().kind());
        assertEquals(Kind.LIMIT_REACHED, WatchNotice.judge(10_000, LIMIT).orElseThrow().kind());
        assertTrue(WatchNotice.judge(1_000_000, OptionalLong.empty()).isEmpty());
    }

    @Test
    void sentencesHoldTheExactCommand() {
        String near = WatchNotice.judge(9_000, LIMIT).orElseThrow().sentence();
        assertTrue(near.endsWith("echo fs.inotify.max_user_watches=524288 | sudo tee /etc/sysctl.d/60-stratobox.conf"
                + " && sudo sysctl fs.inotify.max_user_watches=524288"), near);
        String large = WatchNotice.tooMany(1_000_000, LIMIT).sentence();
        assertTrue(large.contains("fs.inotify.max_user_watches=4194304"), large);
        String instances = WatchNotice.tooManyWatchers(OptionalLong.of(128)).sentence();
        assertTrue(instances.contains("sudo sysctl fs.inotify.max_user_instances=1024"), instances);
        assertFalse(WatchNotice.notPossible().sentence().contains("sysctl"));
    }
}
