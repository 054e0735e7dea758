package org.stratobox.sync.mesh.rest;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.mesh.ChangeFeed;
import org.stratobox.sync.mesh.ChangeFeed.Cursor;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.MeshNode.PutResult;
import org.stratobox.sync.mesh.MeshNodeContract;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.TestNodes;
import org.stratobox.sync.mesh.folder.FolderNode;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The REST adapter against `rclone serve restic`, which overwrites and does not check what it receives, and the folder
/// that it leaves. Every test has a path of its own on the one server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RcloneContractTest extends MeshNodeContract {
    private Optional<RcloneServer> server = Optional.empty();
    private Path folder = Path.of("");
    private final RestClient client = RestClient.create();
    private int test;

    @BeforeAll
    void startTheServer(@TempDir Path place) throws Exception {
        folder = place;
        server = Optional.of(RcloneServer.start(place));
    }

    @AfterAll
    void stopTheServer() throws Exception {
        client.close();
        if (server.isPresent()) {
            server.get().stop();
        }
    }

    @BeforeEach
    @Override
    protected void openTheNode() throws Exception {
        test++;
        super.openTheNode();
    }

    @AfterEach
    @Override
    protected void closeTheNodes() {
        super.closeTheNodes();
    }

    private Path served() {
        return folder.resolve("test" + test);
    }

    @Override
    protected MeshNode open(String accountTagHex) {
        return RestNode.open(TestNodes.spec(), server.orElseThrow().url() + "test" + test, accountTagHex,
                new NodeCredentials.None(), client);
    }

    @Override
    protected boolean neverOverwrites() {
        return false;
    }

    @Test
    void folderItLeavesIsAFolderNode() throws Exception {
        byte[] body = TestNodes.body(1, 200_000);
        ObjectName data;
        ObjectName head;
        try (MeshNode rest = open(TestNodes.ACCOUNT)) {
            data = TestNodes.store(rest, Space.DATA, body);
            head = TestNodes.store(rest, Space.HEAD, TestNodes.body(2, 4096));
        }
        try (MeshNode direct = FolderNode.open(TestNodes.spec(), served(), TestNodes.ACCOUNT)) {
            assertTrue(direct.isPrepared());
            assertArrayEquals(body, direct.get(Space.DATA, data));
            assertArrayEquals(TestNodes.body(2, 4096), direct.get(Space.HEAD, head));
            assertEquals(PutResult.PRESENT, direct.put(Space.DATA, data, ByteBuffer.wrap(body)));
            direct.prepare();
            assertEquals(1, direct.list(Space.DATA).size());
        }
    }

    @Test
    void theFeedSaysAtOnceThatThisServerCannotTellNews() throws Exception {
        try (MeshNode rest = open(TestNodes.ACCOUNT)) {
            rest.prepare();
            assertEquals(Optional.empty(),
                    rest.changeFeed().orElseThrow().awaitChange(Space.HEAD, Cursor.START, ChangeFeed.LONGEST));
        }
    }

    @Test
    void itServesTheFolderOfAFolderNode() throws Exception {
        byte[] body = TestNodes.body(3, 200_000);
        ObjectName name;
        try (MeshNode direct = FolderNode.open(TestNodes.spec(), served(), TestNodes.ACCOUNT)) {
            direct.prepare();
            name = TestNodes.store(direct, Space.DATA, body);
        }
        try (MeshNode rest = open(TestNodes.ACCOUNT)) {
            assertTrue(rest.isPrepared());
            assertArrayEquals(body, rest.get(Space.DATA, name));
            assertEquals(TestNodes.sorted(rest, Space.DATA).getFirst().name(), name);
        }
    }

    @Test
    void putMendsAnObjectThatACrashCutOff() throws Exception {
        byte[] body = TestNodes.body(4, 200_000);
        ObjectName name = ObjectName.of(body);
        Path data = served().resolve(TestNodes.ACCOUNT).resolve("data").resolve(name.hex().substring(0, 2));
        Files.createDirectories(data);
        Files.write(data.resolve(name.hex()), TestNodes.body(4, 100));
        try (MeshNode rest = open(TestNodes.ACCOUNT)) {
            assertEquals(PutResult.STORED, rest.put(Space.DATA, name, ByteBuffer.wrap(body)));
            assertArrayEquals(body, rest.get(Space.DATA, name));
        }
    }
}
