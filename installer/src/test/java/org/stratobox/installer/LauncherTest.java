package org.stratobox.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.installer.ProcessHarness.Ended;
import org.stratobox.installer.ProcessHarness.Running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The launcher script against a JDK and a Maven that only say what they were asked.
class LauncherTest {
    @TempDir
    Path directory = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private ProcessHarness harness = new ProcessHarness(directory);
    private Path root = directory;

    @BeforeEach
    void makeATree() throws IOException {
        harness = new ProcessHarness(directory);
        root = Files.createDirectories(directory.resolve("a tree with spaces"));
        for (String module : List.of("crypto", "app")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.writeString(root.resolve(module).resolve("src/main/java/A.java"), "class A {}");
            Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
        }
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path script = root.resolve("app/stratobox");
        Files.copy(Path.of("..", "app", "stratobox").toAbsolutePath().normalize(), script);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        stubMaven();
        environment.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        environment.put("STRATOBOX_JVM_DIR", directory.resolve("jvm").toString());
        environment.put("JAVA_HOME", "");
    }

    @AfterEach
    void killAll() {
        harness.close();
    }

    private void stubMaven() throws IOException {
        executable(directory.resolve("bin/mvn"), """
                echo "mvn $* in $PWD JAVA25_HOME=$JAVA25_HOME" >> "%s/mvn.log"
                [ -e "%s/mvn.fails" ] && { echo "[ERROR] it does not compile"; exit 1; }
                mkdir -p app/target/lib
                echo jar > app/target/app-1.jar
                echo jar > app/target/lib/crypto-1.jar
                """.formatted(directory, directory));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        executable(home.resolve("bin/java"), """
                case "$*" in *AOTCacheOutput*) echo trained >> "%s/aot.log"; exit 0 ;; esac
                echo "%s"
                for a in "$@"; do echo "[$a]"; done
                """.formatted(directory, name));
        executable(home.resolve("bin/javac"), "exit 0\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void executable(Path file, String body) throws IOException {
        Files.createDirectories(file.resolveSibling("x").getParent());
        Files.writeString(file, "#!/bin/bash\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended launch(String... arguments) throws IOException, InterruptedException {
        return launching(root.resolve("app/stratobox"), arguments).await();
    }

    private Running launching(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return harness.start(command, environment);
    }

    private long builds() throws IOException {
        Path log = directory.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void launcherBuildsOnceAndPassesArgumentsUntouched() throws Exception {
        jdk("jvm/temurin-25-jdk", "25.0.3");
        Ended first = launch("restore", "two words", "*", "");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("Building Stratobox"), first.err());
        assertTrue(first.out().endsWith("[org.stratobox.app.boot.Main]\n[restore]\n[two words]\n[*]\n[]\n"),
                first.out());
        assertTrue(first.out().contains("[-Xmx320m]\n"), first.out());
        // with the usual 512 the watcher loses events of every larger change
        assertTrue(first.out().contains("[-Djdk.nio.file.WatchService.maxEventsPerPoll=20000]\n"), first.out());
        Path run = root.toRealPath().resolve("app/target/run");
        assertTrue(first.out().contains("[" + run.resolve("app-1.jar") + ":" + run.resolve("crypto-1.jar") + "]"),
                first.out());

        Ended second = launch("sync");
        assertEquals("", second.err());
        assertEquals(1, builds());
        assertTrue(Files.readString(directory.resolve("mvn.log"))
                .contains("-pl app -am package -DskipTests -Dspotless.check.skip in " + root.toRealPath()));
        assertEquals("trained\n", Files.readString(directory.resolve("aot.log")));
    }

    @Test
    void launcherBuildsAgainWhenASourceIsNewerOrGone() throws Exception {
        jdk("jvm/temurin-25-jdk", "25.0.3");
        launch();
        FileTime later = FileTime.fromMillis(
                Files.getLastModifiedTime(root.resolve("app/target/run/built")).toMillis() + 5_000);
        FileTime earlier = FileTime.fromMillis(later.toMillis() - 60_000);
        for (String changed : List.of("crypto/src/main/java/A.java", "app/pom.xml", "pom.xml",
                "crypto/src/main/java")) {
            Path file = root.resolve(changed);
            Files.setLastModifiedTime(file, later);
            long before = builds();
            launch();
            assertEquals(before + 1, builds(), changed);
            Files.setLastModifiedTime(file, earlier);
            launch();
            assertEquals(before + 1, builds(), changed);
        }
    }

    @Test
    void launcherFindsTheJdkInTheOrderPromised() throws Exception {
        Path old = jdk("old", "17.0.15");
        assertSays("needs a JDK 25", "temurin-25-jdk", "apt install openjdk-25-jdk");
        environment.put("JAVA_HOME", old.toString());
        assertSays("needs a JDK 25");
        jdk(".sdkman/candidates/java/25.0.1-tem", "25.0.1");
        assertRuns(".sdkman/candidates/java/25.0.1-tem");
        jdk("jvm/java-25-openjdk", "25");
        assertRuns("jvm/java-25-openjdk");
        Path onPath = jdk("path-jdk", "25.0.2");
        Files.createSymbolicLink(directory.resolve("bin/java"), onPath.resolve("bin/java"));
        assertRuns("path-jdk");
        environment.put("JAVA_HOME", jdk("home-jdk", "25.0.9").toString());
        assertRuns("home-jdk");
        environment.put("STRATOBOX_JAVA", jdk("chosen", "25-ea").resolve("bin/java").toString());
        assertSays("is not a JDK 25");
        environment.put("STRATOBOX_JAVA", jdk("chosen2", "25.0.4").resolve("bin/java").toString());
        assertRuns("chosen2");
    }

    private void assertRuns(String jdk) throws IOException, InterruptedException {
        Ended ended = launch();
        assertEquals(0, ended.code(), ended.err());
        assertEquals(jdk, ended.out().lines().findFirst().orElse(""));
    }

    private void assertSays(String... parts) throws IOException, InterruptedException {
        Ended ended = launch();
        assertEquals(1, ended.code());
        assertEquals("", ended.out());
        for (String part : parts) {
            assertTrue(ended.err().contains(part), ended.err());
        }
    }

    @Test
    void launcherSaysWhenMavenIsMissingOrFails() throws Exception {
        jdk("jvm/temurin-25-jdk", "25.0.3");
        Files.writeString(directory.resolve("mvn.fails"), "");
        assertSays("it does not compile", "could not be built");
        assertFalse(Files.exists(root.resolve("app/target/run")));
        Files.delete(directory.resolve("mvn.fails"));
        assertEquals(0, launch().code());
        environment.put("STRATOBOX_NO_BUILD", "1");
        Files.delete(root.resolve("app/target/run/built"));
        assertSays("STRATOBOX_NO_BUILD");
    }

    @Test
    void launcherWorksThroughALinkFromAnotherDirectory() throws Exception {
        jdk("jvm/temurin-25-jdk", "25.0.3");
        Path middle = Files.createSymbolicLink(root.resolve("stratobox"), Path.of("app/stratobox"));
        Path link = Files.createSymbolicLink(directory.resolve("bin/stratobox"), middle);
        Ended ended = launching(link, "--version").await();
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().endsWith("[--version]\n"), ended.out());
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        jdk("jvm/temurin-25-jdk", "25.0.3");
        Running one = launching(root.resolve("app/stratobox"), "one");
        Running two = launching(root.resolve("app/stratobox"), "two");
        assertEquals(0, one.await().code());
        assertEquals(0, two.await().code());
        assertEquals(1, builds());
    }
}
