package org.stratobox.sync.ignore;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.stratobox.sync.model.EntryKind;
import org.stratobox.sync.model.RelativePath;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IgnoreRulesTest {
    private static RelativePath path(String text) {
        return new RelativePath(text);
    }

    private static boolean ignores(IgnoreRules rules, String file) {
        return rules.why(path(file), EntryKind.FILE).isPresent();
    }

    private static IgnoreRules rules(String text) {
        return IgnoreRules.standard().with(RelativePath.ROOT, text);
    }

    /// The rules of the manual of git, one by one.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *.o                | a/b/x.o              | true
            *.o                | a/b/x.obj            | false
            /x.o               | x.o                  | true
            /x.o               | a/x.o                | false
            doc/*.txt          | doc/a.txt            | true
            doc/*.txt          | doc/sub/a.txt        | false
            doc/*.txt          | other/doc/a.txt      | false
            **/doc             | other/doc/a.txt      | true
            doc/**             | doc/sub/a.txt        | true
            a/**/z             | a/z                  | true
            a/**/z             | a/b/c/z              | true
            build/             | build                | false
            build/             | build/out.bin        | true
            build/             | sub/build/out.bin    | true
            file?.txt          | file1.txt            | true
            file?.txt          | file10.txt           | false
            file[0-9].txt      | file7.txt            | true
            file[!0-9].txt     | file7.txt            | false
            \\#kept            | #kept                | true
            \\!kept            | !kept                | true
            a+b(c)$.txt        | a+b(c)$.txt          | true
            größe.*            | sub/größe.txt        | true
            """)
    void patternsMeanWhatTheyMeanToGit(String pattern, String file, boolean ignored) {
        assertEquals(ignored, ignores(rules(pattern), file));
    }

    @Test
    void lastRuleThatFitsDecides() {
        IgnoreRules rules = rules("*.log\n!keep.log\nkeep.log.old\n");
        assertTrue(ignores(rules, "a.log"));
        assertFalse(ignores(rules, "sub/keep.log"));
        assertTrue(ignores(rules("!keep.log\n*.log"), "keep.log"));
    }

    @Test
    void nothingInsideAnIgnoredDirectoryIsTakenBack() {
        IgnoreRules rules = rules("/build\n!/build/kept.txt\n");
        assertTrue(ignores(rules, "build/kept.txt"));
    }

    @Test
    void ruleOfTheProductIsTakenBackByTheUser() {
        assertTrue(ignores(IgnoreRules.standard(), "notes.swp"));
        assertFalse(ignores(rules("!*.swp"), "notes.swp"));
    }

    @Test
    void standardListHasWhatProgramsLeaveBehind() {
        for (String name : List.of(".~lock.letter.odt#", "~$letter.docx", ".DS_Store", "Thumbs.db", "desktop.ini",
                "Desktop.ini", ".x.swp", "4913", ".fuse_hidden0001", ".nfs0001", "a.crdownload", "a.part",
                "a.partial")) {
            assertTrue(ignores(IgnoreRules.standard(), "some/where/" + name), name);
        }
        for (String name : List.of("letter.odt", "partial", "44913", "part", "swp", "DS_Store", ".stratoignore")) {
            assertFalse(ignores(IgnoreRules.standard(), name), name);
        }
    }

    @Test
    void reasonNamesRuleFileAndLine() {
        IgnoreRules rules = rules("# comment\r\n\r\n*.log\r\n").with(path("sub"), "\n/tmp/\n");
        assertEquals(Optional.of(new IgnoreReason(path("sub/tmp"), "/tmp/", Optional.of(path("sub/.stratoignore")), 2)),
                rules.why(path("sub/tmp/deep/file"), EntryKind.FILE));
        assertEquals(Optional.of(new IgnoreReason(path("sub/a.log"), "*.log", Optional.of(path(".stratoignore")), 3)),
                rules.why(path("sub/a.log"), EntryKind.FILE));
        IgnoreReason own = rules.why(path("a.swp"), EntryKind.FILE).orElseThrow();
        assertEquals(Optional.empty(), own.file());
        assertEquals(IgnoreRules.standardPatterns().get(own.line() - 1), own.pattern());
    }

    @Test
    void rulesOfADirectoryDoNotCountBesideIt() {
        IgnoreRules rules = IgnoreRules.standard().with(path("a"), "*.txt\n/only");
        assertTrue(ignores(rules, "a/x.txt"));
        assertTrue(ignores(rules, "a/only"));
        assertFalse(ignores(rules, "a/b/only"));
        assertFalse(ignores(rules, "x.txt"));
        assertFalse(ignores(rules, "ab/x.txt"));
    }

    @Test
    void lineThatIsNoRuleIsPassedOverAndNeverLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root.addAppender(appender);
        try {
            IgnoreRules rules = rules("[secret-name\n!\n[z-a]secret\n/\n" + "x".repeat(2000) + "\nfine\n");
            assertEquals(List.of(1, 2, 3, 4, 5), rules.faultyLines());
            assertTrue(ignores(rules, "fine"));
            assertEquals(List.of(),
                    appender.list.stream().map(ILoggingEvent::getFormattedMessage)
                            .filter(m -> m.contains("secret")).toList());
        } finally {
            root.detachAppender(appender);
        }
    }

    @Test
    void spaceAtTheEndCountsOnlyAfterABackslash() {
        assertTrue(ignores(rules("name   "), "name"));
        assertTrue(ignores(rules("name\\ "), "name "));
        assertFalse(ignores(rules("name\\ "), "name"));
    }
}
