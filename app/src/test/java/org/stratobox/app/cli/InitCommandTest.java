package org.stratobox.app.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.Parsed;
import org.stratobox.sync.api.Stratobox.InitRequest;
import org.stratobox.sync.api.Stratobox.NodeSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

class InitCommandTest {
    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);

    @BeforeEach
    void start() {
        process = new FakeProcess(directory);
    }

    @Test
    void initMakesAPhraseAndShowsItOnceWhenNoneIsGiven() {
        assertEquals(0, process.run("init", "--folder", directory.toString(), "--node", "folder:/mnt/disk"));

        String words = FakeStratobox.words(newestPhrase());
        StringBuilder shown = new StringBuilder();
        var number = Pattern.compile("(\\d+) ([a-z]+)").matcher(process.out);
        for (int expected = 1; number.find() && expected <= 24; expected++) {
            assertEquals(expected, Integer.parseInt(number.group(1)));
            shown.append(expected == 1 ? "" : " ").append(number.group(2));
        }
        assertEquals(words, shown.toString());
        assertTrue(process.out.contains("Write these words on paper"), process.out);
        assertEquals("", process.err);
    }

    /// The engine's copy is closed by the command; the fake keeps the words under which it made the account.
    private Mnemonic newestPhrase() {
        String words = process.engine.accounts.keySet().iterator().next();
        return assertInstanceOf(Parsed.Valid.class, Mnemonic.parse(words)).mnemonic();
    }

    @Test
    void initGivesTheNewPhraseAsAFieldForPrograms() {
        assertEquals(0, process.run("init", "--json", "--words", "12", "--node", "folder:/mnt/disk"));

        assertEquals(process.engine.accounts.keySet().iterator().next(), process.json().get("phrase").asString());
        assertEquals(12, process.json().get("phrase").asString().split(" ").length);
        assertTrue(process.json().get("ok").asBoolean());
    }

    @Test
    void initNeverShowsAPhraseThatWasGiven() {
        Path file = process.file("phrase",
                "1. ABANDON  abandon abandon abandon abandon abandon\nabandon abandon abandon "
                        + "abandon abandon about\n");
        assertEquals(0, process.run("init", "--phrase-file", file.toString(), "--node", "folder:/mnt/disk"));

        assertTrue(process.engine.accounts.containsKey(FakeProcess.PHRASE));
        assertFalse((process.out + process.err).contains("abandon"), process.out);
    }

    @Test
    void initTakesWhatTheOptionsSay() {
        assertEquals(0, process.run("init", "--folder", directory.toString(), "--name", "photos", "--device-label",
                "desk", "--node", "folder:/mnt/disk", "rest:http://host:8000/", "--home",
                directory.resolve("h2").toString()));

        InitRequest request = request();
        assertEquals("photos", request.folder().orElseThrow().name());
        assertEquals("desk", request.deviceLabel());
        assertEquals(java.util.List.of("folder:/mnt/disk", "rest:http://host:8000/"),
                request.nodes().stream().map(NodeSource::address).toList());
        assertEquals(directory.resolve("h2"), request.home());
    }

    @Test
    void initTakesTheHostNameAndTheFolderNameMainWhenNotTold() {
        assertEquals(0, process.run("init", "--folder", directory.toString(), "--node", "folder:/mnt/disk"));

        assertEquals("my-laptop", request().deviceLabel());
        assertEquals("main", request().folder().orElseThrow().name());
    }

    @Test
    void initAsksTwiceForThePassphraseAndRefusesTwoDifferentOnes() {
        process.environment.remove("STRATOBOX_PASSPHRASE");
        process.typed.add("one");
        process.typed.add("two");

        assertEquals(2, process.run("init", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("differ"), process.err);
        assertTrue(process.engine.homes.isEmpty());

        process.typed.add("one");
        process.typed.add("one");
        assertEquals(0, process.run("init", "--node", "folder:/mnt/disk"));
        assertEquals("one", Objects.requireNonNull(process.engine.homes.get(process.home())).passphrase);
    }

    @Test
    void initSaysWhatIsMissingWhenThereIsNobodyToAsk() {
        process.environment.remove("STRATOBOX_PASSPHRASE");
        assertEquals(2, process.run("init", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("--passphrase-file"), process.err);
    }

    @Test
    void initReadsThePassphraseOfAFileWithoutItsLineEnd() {
        Path file = process.file("pass", "from a file \r\n");
        assertEquals(0, process.run("init", "--passphrase-file", file.toString(), "--node", "folder:/mnt/disk"));
        assertEquals("from a file ", Objects.requireNonNull(process.engine.homes.get(process.home())).passphrase);
    }

    @Test
    void initNamesTheWrongWordByItsPositionAndSuggestsOthers() {
        process.environment.put("STRATOBOX_PHRASE",
                FakeProcess.PHRASE.replaceFirst("abandon abandon", "abandon abadnon"));
        assertEquals(5, process.run("init", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("Word 2 "), process.err);
        assertTrue(process.err.contains("abandon"), process.err);
        assertFalse(process.err.contains("abadnon"), process.err);
        assertTrue(process.engine.homes.isEmpty());
    }

    @Test
    void initSaysThatTheChecksumFailsWhenAllWordsAreKnown() {
        process.environment.put("STRATOBOX_PHRASE", FakeProcess.PHRASE.replace("about", "abandon"));
        assertEquals(5, process.run("init", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("checksum"), process.err);
    }

    @Test
    void initCountsTheWordsOfAShortPhrase() {
        process.environment.put("STRATOBOX_PHRASE", "abandon about");
        assertEquals(5, process.run("init", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("this one has 2"), process.err);
    }

    @Test
    void initRefusesAMissingFolderNoNodeAndASecondTime() {
        assertEquals(2,
                process.run("init", "--folder", directory.resolve("nowhere").toString(), "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("There is no folder"), process.err);
        assertEquals(2, process.run("init", "--folder", directory.toString()));
        assertTrue(process.err.contains("--node"), process.err);
        assertEquals(0, process.run("init", "--node", "folder:/mnt/disk"));
        assertEquals(2, process.run("init", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("set up already"), process.err);
    }

    @Test
    void initRefusesOtherNumbersOfWords() {
        assertEquals(2, process.run("init", "--words", "13", "--node", "folder:/mnt/disk"));
        assertTrue(process.err.contains("12 or 24"), process.err);
    }

    @Test
    void initGivesEachNodeItsOwnCredentialsAndTheRestTheCommonOnes() {
        Path file = process.file("cred", "rest:http://b/ ben:secret b\nalice:secret a\n");
        assertEquals(0, process.run("init", "--node", "rest:http://a/", "--node", "rest:http://b/",
                "--credentials-file", file.toString()));

        var sources = request().nodes();
        assertEquals("alice:secret a", FakeStratobox.utf8(sources.get(0).credentials().orElseThrow()));
        assertEquals("ben:secret b", FakeStratobox.utf8(sources.get(1).credentials().orElseThrow()));
        assertFalse((process.out + process.err).contains("secret"), process.out);
    }

    @Test
    void initMakesThePathOfAFolderNodeAbsolute() {
        assertEquals(0, process.run("init", "--node", "folder:disk"));
        assertEquals("folder:" + Path.of("disk").toAbsolutePath(), request().nodes().getFirst().address());
    }

    private InitRequest request() {
        return Objects.requireNonNull(process.engine.initialised);
    }
}
