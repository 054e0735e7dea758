package org.stratobox.sync.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.api.Account;
import org.stratobox.sync.api.Account.Restorable;
import org.stratobox.sync.api.Account.RestoreRequest;
import org.stratobox.sync.api.CheckReport;
import org.stratobox.sync.api.RestoreReport;
import org.stratobox.sync.api.StratoboxException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RestoreTest {
    @TempDir
    Path base;

    private static RestoreRequest all(Path target) {
        return new RestoreRequest(target, Optional.empty(), List.of(), Optional.empty());
    }

    @Test
    void phraseAndOneNodeGiveEverythingBack() throws Exception {
        Workbench bench = new Workbench(base, 3);
        bench.fill(3, 150);
        try (Account account = bench.init()) {
            account.sync(p -> {});
            CheckReport check = account.check(true, false, p -> {});
            assertEquals(List.of(), check.findings());
        }
        Path target = base.resolve("back");
        try (Restorable found = bench.engine.findAccount(Workbench.phrase(), List.of(bench.sources().get(1)))) {
            assertEquals(3, found.preview().nodes().size());
            RestoreReport report = found.restore(all(target), p -> {});
            assertEquals(List.of(), report.left());
            assertEquals(List.of(), report.badNodes());
        }
        assertEquals(Workbench.tree(bench.folder), Workbench.tree(target));
    }

    @Test
    void anotherPhraseFindsNothing() throws Exception {
        Workbench bench = new Workbench(base, 1);
        try (Account account = bench.init()) {
            account.sync(p -> {});
        }
        StratoboxException e = assertThrows(StratoboxException.class,
                () -> bench.engine.findAccount(Workbench.newPhrase(), bench.sources()));
        assertEquals(StratoboxException.Reason.WRONG_SECRET, e.reason());
        assertTrue(String.valueOf(e.getMessage()).contains("No account"));
    }
}
