package org.stratobox.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratobox.app.error.ExitCode;
import org.stratobox.sync.api.Stratobox.ServeRequest;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.api.StratoboxException.Reason;

import tools.jackson.databind.JsonNode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CommandsTest {
    @TempDir
    Path directory = Path.of("");

    private FakeProcess process = new FakeProcess(directory);

    @BeforeEach
    void start() {
        process = new FakeProcess(directory);
    }

    @Test
    void syncEndsWithZeroAndFigures() {
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("sync"));
        assertTrue(process.out.startsWith("Uploaded 2 files, 15 B (30 B sent)"), process.out);
        assertEquals(0, process.run("sync"));
        assertTrue(process.out.startsWith("Nothing new."), process.out);
    }

    @Test
    void syncEndsWithThreeAndNamesWhatWasLeft() throws IOException {
        Path folder = process.initialise("folder:/mnt/a");
        Files.writeString(folder.resolve("unreadable"), "x");
        assertEquals(3, process.run("--json", "sync"));
        JsonNode json = process.json();
        assertEquals(3, json.get("exitCode").asInt());
        assertEquals("unreadable", json.get("left").get(0).get("path").asString());
        assertEquals(3, json.get("filesIngested").asLong());
    }

    @Test
    void syncShowsProgressOnATerminalAndErasesIt() {
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("sync"));
        assertEquals("", process.err);

        process.terminal = true;
        assertEquals(0, process.run("sync"));
        assertTrue(process.err.contains("Uploading  1 of 2 files, 1.0 MB of 2.0 MB, 250 kB/s, 4.0 s left"),
                process.err);
        assertTrue(process.err.endsWith("\r\u001B[K"), process.err);
        assertFalse(process.out.contains("\u001B"));
    }

    @Test
    void statusEndsWithZeroOnlyWhenSafe() {
        process.initialise("folder:/mnt/a", "rest:http://unreachable/");
        assertEquals(3, process.run("status"));
        assertTrue(process.out.contains("not reachable"), process.out);

        process = new FakeProcess(directory);
        process.initialise("folder:/mnt/a");
        assertEquals(3, process.run("status"));
        assertTrue(process.out.contains("3 changes to upload"), process.out);
        assertEquals(0, process.run("sync"));
        assertEquals(0, process.run("status"));
        assertTrue(process.out.startsWith("Up to date and safe."), process.out);
        assertTrue(process.out.contains("3 min ago"), process.out);
    }

    @Test
    void statusEndsWithSixWhenNoNodeAnswers() {
        process.initialise("folder:/mnt/a");
        Objects.requireNonNull(process.engine.homes.get(process.home())).nodes
                .replaceAll(n -> "rest:http://unreachable/");
        assertEquals(6, process.run("--json", "status"));
        assertFalse(process.json().get("safe").asBoolean());
        assertFalse(process.json().get("nodes").get(0).get("reachable").asBoolean());
    }

    @Test
    void lsListsAFolderOrTheNamesOfSeveral() {
        process.initialise("folder:/mnt/a");
        process.run("sync");
        assertEquals(0, process.run("ls"));
        assertTrue(process.out.contains("-rw-r--r--     11 B  2023-11-14 22:13  letter.txt\n"), process.out);
        assertTrue(process.out.contains("sub/\n"), process.out);

        assertEquals(0, process.run("ls", "--json", "sub"));
        assertEquals("sub/deep.txt", process.json().get("entries").get(1).get("path").asString());
        assertEquals(0644, process.json().get("entries").get(1).get("mode").asInt());

        process.engine.accounts.values().forEach(a -> a.stored.put("photos", directory));
        assertEquals(0, process.run("ls"));
        assertEquals("main/\nphotos/\n", process.out);
    }

    @Test
    void catPrintsTheBytesOfAFileAndNothingElse() throws IOException {
        Path folder = process.initialise("folder:/mnt/a");
        byte[] bytes = {0, (byte) 0xff, 10, 13, (byte) 0xc3};
        Files.write(folder.resolve("raw"), bytes);
        process.run("sync");
        assertEquals(0, process.run("cat", "raw"));
        assertArrayEquals(bytes, process.outBytes);
        assertEquals(2, process.run("cat", "nothing"));
        assertEquals(0, process.outBytes.length);
    }

    @ParameterizedTest
    @CsvSource({"folder:/mnt/good, false, 0", "folder:/mnt/damage, false, 3", "folder:/mnt/damage, true, 0",
        "folder:/mnt/damage-loss, false, 1"})
    void checkEndsWithHowBadItIs(String node, boolean repair, int code) {
        process.initialise(node);
        String[] arguments = repair ? new String[]{"check", "--repair"} : new String[]{"check", "--read-data"};
        assertEquals(code, process.run(arguments));
        assertEquals(!repair, process.out.contains("4.0 MB read"), process.out);
        assertEquals(repair, process.out.contains("MENDED"), process.out);
        assertEquals(code != 0, process.out.contains("stratobox check --repair"), process.out);
    }

    @Test
    void serveNamesItsAddressWhenReadyAndStopsWhenInterrupted() {
        Path credentials = process.file("cred", "alice:secret\n");
        Thread.currentThread().interrupt();
        assertEquals(0, process.run("serve", "--store", directory.resolve("s").toString(), "--listen", "[::1]:8000",
                "--append-only", "--quota", "10G", "--credentials-file", credentials.toString()));
        assertEquals("rest:http://::1:4000/\n", process.out);
        assertTrue(process.engine.servers.getFirst().isClosed);
        ServeRequest request = Objects.requireNonNull(process.engine.served);
        assertEquals("::1", request.host());
        assertEquals(8000, request.port());
        assertEquals(10_000_000_000L, request.quotaBytes().orElseThrow());
        assertTrue(request.appendOnly());
        assertEquals("alice:secret", FakeStratobox.utf8(request.credentials().orElseThrow()));
    }

    @Test
    void serveWarnsWhenEverybodyOnTheNetworkMayWrite() {
        Thread.currentThread().interrupt();
        assertEquals(0, process.run("serve", "--store", directory.resolve("s").toString(), "--listen", "0.0.0.0:8000"));
        assertTrue(process.err.contains("anyone"), process.err);
    }

    @Test
    void serveTakesTheKeystorePasswordFromTheEnvironment() {
        Thread.currentThread().interrupt();
        process.environment.put("STRATOBOX_TLS_PASSWORD", "pw");
        assertEquals(0, process.run("serve", "--store", directory.resolve("s").toString(), "--listen",
                "127.0.0.1:0", "--tls-keystore", "store.p12"));
        assertEquals("pw",
                FakeStratobox.utf8(Objects.requireNonNull(process.engine.served).tlsPassword().orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"8000, 1G", "127.0.0.1:x, 1G", "127.0.0.1:70000, 1G", "127.0.0.1:0, ten", "127.0.0.1:0, -1G"})
    void serveRefusesWhatMakesNoSense(String listen, String quota) {
        assertEquals(2, process.run("serve", "--store", "s", "--listen", listen, "--quota", quota));
        assertTrue(process.engine.servers.isEmpty());
    }

    @Test
    void walletNewPrintsThePhraseAlone() {
        assertEquals(0, process.run("wallet", "new", "--words", "12"));
        assertTrue(process.out.matches("([a-z]+ ){11}[a-z]+\n"), process.out);
        assertEquals(0, process.run("wallet", "new"));
        assertTrue(process.out.matches("([a-z]+ ){23}[a-z]+\n"), process.out);
        assertEquals("", process.err);
    }

    @Test
    void walletAddressPrintsTheAddressAloneWithoutAHome() {
        process.environment.put("STRATOBOX_PHRASE", FakeProcess.PHRASE);
        assertEquals(0, process.run("wallet", "address"));
        assertTrue(process.out.matches("st1[0-9a-f]+\n"), process.out);
        String address = process.out.strip();
        assertEquals(0, process.run("wallet", "show"));
        assertEquals("Account   able baker charlie delta\nWallet    " + address + "\n", process.out);
    }

    @Test
    void walletAddressUsesTheHomeWhenThereIsOne() {
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("wallet", "address", "--json"));
        assertTrue(process.json().get("walletAddress").asString().startsWith("st1"));
    }

    @Test
    void nodesAreAddedListedTestedAndRemoved() {
        process.initialise("folder:/mnt/a");
        Path credentials = process.file("cred", "token");
        assertEquals(0, process.run("node", "add", "rest:http://b/", "--credentials-file", credentials.toString()),
                () -> process.err + process.logged);
        assertEquals("token", FakeStratobox.utf8(process.engine.sources.getLast().credentials().orElseThrow()));
        assertEquals(0, process.run("node", "list"));
        assertTrue(process.out.contains("rest:http://b/  disk 1"), process.out);
        assertEquals(0, process.run("node", "test", "rest:http://c/"));
        assertTrue(process.out.contains("  stores and reads\n"), process.out);
        assertEquals(0, process.run("node", "remove", "rest:http://b/"));
        assertEquals(2, process.run("node", "remove", "rest:http://b/"));
        assertEquals(6, process.run("node", "add", "rest:http://unreachable/"));
        assertEquals(0, process.run("node", "list", "--json"));
        assertEquals(1, process.json().get("nodes").size());
    }

    @Test
    void foldersAreAddedListedAndRemoved() {
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("folder", "add", directory.toString(), "--name", "photos"));
        assertEquals(0, process.run("folder", "add", directory.resolve("folder").toString()));
        assertEquals(0, process.run("folder", "list", "--json"));
        assertEquals(List.of("folder", "main", "photos"),
                process.json().get("folders").valueStream().map(f -> f.get("name").asString()).sorted().toList());
        assertEquals(0, process.run("folder", "remove", "photos"));
        assertTrue(process.out.contains("Nothing was deleted"), process.out);
        assertEquals(2, process.run("folder", "remove", "photos"));
        assertEquals(2, process.run("folder", "add", directory.resolve("nowhere").toString()));
    }

    @Test
    void doctorReportsWithoutNames() {
        process.initialise("folder:/mnt/a");
        assertEquals(0, process.run("doctor"));
        assertTrue(process.out.contains("home"), process.out);
        assertFalse(process.out.contains(directory.toString()), process.out);
        assertFalse(process.out.contains("my-laptop"), process.out);
        assertEquals(0, process.run("doctor", "--json"));
        assertEquals("set up", process.json().get("home").asString());
    }

    @Test
    void withoutACommandItSaysWhatThereIsInsteadOfAWindow() {
        assertEquals(2, process.run());
        assertTrue(process.err.contains("no display"), process.err);
        assertTrue(process.err.contains("stratobox --help"), process.err);
        process.environment.put("DISPLAY", ":0");
        assertEquals(2, process.run());
        assertTrue(process.err.contains("not part of this version yet"), process.err);
    }

    static Stream<List<String>> wrongUses() {
        return Stream.of(List.of("snyc"), List.of("sync", "--nonsense"), List.of("serve"), List.of("node", "add"),
                List.of("init", "--node"), List.of("restore", "--to"), List.of("node"), List.of("wallet"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrongUseEndsWithTwoAndAHint(List<String> arguments) {
        assertEquals(2, process.run(arguments.toArray(String[]::new)));
        assertTrue(process.err.contains("--help") || process.err.contains("Usage"), process.err);
        assertFalse(process.err.contains("\tat "), process.err);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasItsExitCodeItsSentenceAndItsObject(Reason reason) {
        process.initialise("folder:/mnt/a");
        process.engine.failure = new StratoboxException(reason, "This is a sentence.");
        int code = process.run("sync", "--json");
        assertEquals(ExitCode.of(reason).number(), code);
        assertEquals("This is a sentence.\n", process.err);
        assertEquals("This is a sentence.", process.json().get("error").get("message").asString());
        assertEquals(code, process.json().get("exitCode").asInt());
        assertEquals(code, process.run("sync"));
        assertEquals("", process.out);
    }

    @Test
    void exitCodesAreThoseOfTheDocumentation() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 130), Stream.of(ExitCode.values()).map(ExitCode::number).toList());
    }

    @Test
    void anUnexpectedFailureGetsAStableCodeAndShowsNoMessage() {
        process.initialise("folder:/mnt/a");
        process.engine.fault = new IllegalStateException("/home/alice/diary.txt");
        assertEquals(1, process.run("sync"));
        String first = process.logged.orElseThrow().text();
        assertTrue(process.err.contains("code " + first), process.err);
        assertFalse(process.err.contains("alice"), process.err);
        assertFalse(String.join("\n", process.logged.orElseThrow().trace()).contains("alice"));
        process.engine.fault = new IllegalStateException("/home/bob/other.txt");
        assertEquals(1, process.run("sync"));
        assertEquals(first, process.logged.orElseThrow().text());
    }

    @Test
    void aWrongPassphraseEndsWithFiveAndIsNotShown() {
        process.initialise("folder:/mnt/a");
        process.environment.put("STRATOBOX_PASSPHRASE", "wrong-secret");
        assertEquals(5, process.run("sync"));
        assertFalse(process.err.contains("wrong-secret"), process.err);
        process.environment.remove("STRATOBOX_PASSPHRASE");
        process.typed.add(FakeProcess.PASSPHRASE);
        assertEquals(0, process.run("sync"));
    }

    @Test
    void secretFilesThatCannotBeUsedAreSaidSo() throws IOException {
        process.initialise("folder:/mnt/a");
        assertEquals(2, process.run("sync", "--passphrase-file", directory.resolve("none").toString()));
        assertTrue(process.err.contains("cannot be read"), process.err);
        assertEquals(2, process.run("sync", "--passphrase-file", process.file("empty", "\n").toString()));
        assertTrue(process.err.contains("is empty"), process.err);
        Path binary = Files.write(directory.resolve("binary"), new byte[]{(byte) 0xff, 1});
        assertEquals(2, process.run("sync", "--passphrase-file", binary.toString()));
        assertTrue(process.err.contains("UTF-8"), process.err);
        assertEquals(2, process.run("sync", "--passphrase-file", process.file("big", "x".repeat(70_000)).toString()));
        assertTrue(process.err.contains("too large"), process.err);
    }

    @Test
    void commandsSayHowToSetUpWhenThereIsNoHome() {
        for (String command : List.of("sync", "status", "check")) {
            assertEquals(2, process.run(command));
            assertTrue(process.err.contains("stratobox init"), process.err);
        }
    }

    @Test
    void namesFromElsewhereCannotSteerTheTerminal() throws IOException {
        Path folder = process.initialise("folder:/mnt/a");
        Files.writeString(folder.resolve("evil\u001B[2J\u202Etxt"), "x");
        process.run("sync");
        assertEquals(0, process.run("ls"));
        assertFalse(process.out.contains("\u001B"), process.out);
        assertFalse(process.out.contains("\u202E"), process.out);
    }

    @Test
    void noHelpTextAndNoSentenceUsesTheWordsOfEngineers() {
        process.initialise("folder:/mnt/a");
        StringBuilder all = new StringBuilder();
        for (String command : List.of("", "demo", "init", "sync", "status", "restore", "ls", "cat", "check", "serve",
                "wallet", "node", "folder", "doctor", "run", "plan", "held", "approve", "put-back", "pause", "resume",
                "limits", "schedule", "settings", "free", "keep", "online-only", "why-ignored", "devices", "alarms",
                "log",
                "undo", "versions", "revert", "trash")) {
            assertEquals(0, command.isEmpty() ? process.run("--help") : process.run(command, "--help"), command);
            all.append(process.out);
        }
        for (String command : List.of("sync", "status", "check", "ls")) {
            process.run(command);
            all.append(process.out);
        }
        for (String word : List.of("pair", "repository", "blob", "shard", "rootcap")) {
            assertFalse(all.toString().matches("(?is).*\\b" + word + "s?\\b.*"), word);
        }
        assertTrue(new String(process.outBytes, StandardCharsets.UTF_8).length() > 0);
    }
}
