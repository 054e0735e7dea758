package org.stratobox.sync.mesh.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.MeshNode.PutResult;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.TestNodes;
import org.stratobox.sync.model.ObjectName;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FolderNodeTest {
    private static final byte[] BODY = TestNodes.body(1, 10_000);
    private static final ObjectName NAME = ObjectName.of(BODY);

    @TempDir
    private Path temp = Path.of("");
    private Path root = Path.of("");

    @BeforeEach
    void chooseRoot() {
        root = temp.resolve("node");
    }

    private FolderNode node(String account) {
        return FolderNode.open(TestNodes.spec(), root, account);
    }

    private FolderNode prepared() throws NodeException {
        FolderNode node = node(TestNodes.ACCOUNT);
        node.prepare();
        return node;
    }

    private Path account() {
        return root.resolve(TestNodes.ACCOUNT);
    }

    private Path dataFile(ObjectName name) {
        return account().resolve("data").resolve(name.hex().substring(0, 2)).resolve(name.hex());
    }

    private static long filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void layoutIsThatOfAResticRepository() throws Exception {
        FolderNode node = prepared();
        TestNodes.store(node, Space.DATA, BODY);
        TestNodes.store(node, Space.HEAD, BODY);
        assertEquals("stratobox-node 1\n", Files.readString(account().resolve("config")));
        assertTrue(Files.exists(dataFile(NAME)));
        assertTrue(Files.exists(account().resolve("snapshots").resolve(NAME.hex())));
        for (String folder : List.of("keys", "snapshots", "index", "locks", "data")) {
            assertTrue(Files.isDirectory(account().resolve(folder)), folder);
        }
        assertEquals(3, filesBelow(root));
    }

    @Test
    void prepareIsForeignWhenTheFolderHoldsOtherFiles() throws Exception {
        Files.createDirectories(root);
        Files.writeString(root.resolve("holiday.jpg"), "x");
        assertThrows(NodeException.Foreign.class, () -> prepared());
        assertEquals(1, filesBelow(root));
    }

    @Test
    void prepareAcceptsAFolderThatHoldsAnotherAccountOrWhatSystemsLeave() throws Exception {
        Files.createDirectories(root.resolve("lost+found"));
        Files.writeString(root.resolve(".DS_Store"), "x");
        prepared();
        Files.writeString(root.resolve("notes.txt"), "x");
        node(TestNodes.OTHER_ACCOUNT).prepare();
        assertTrue(node(TestNodes.OTHER_ACCOUNT).isPrepared());
    }

    @Test
    void prepareIsUnreachableWhenTheParentOfTheFolderIsMissing() {
        root = temp.resolve("disk").resolve("node");
        assertThrows(NodeException.Unreachable.class, () -> prepared());
        assertThrows(NodeException.Unreachable.class, () -> node(TestNodes.ACCOUNT).isPrepared());
        assertFalse(Files.exists(temp.resolve("disk")));
    }

    @Test
    void prepareFinishesWhatWasCutOff() throws Exception {
        Files.createDirectories(account().resolve("data"));
        prepared();
        assertTrue(node(TestNodes.ACCOUNT).isPrepared());
    }

    @Test
    void markerOfAnotherVersionOrProgramIsForeign() throws Exception {
        FolderNode node = prepared();
        for (String marker : List.of("stratobox-node 2\n", "", "restic")) {
            Files.writeString(account().resolve("config"), marker);
            assertThrows(NodeException.Foreign.class, node::isPrepared);
            assertThrows(NodeException.Foreign.class, node::prepare);
            assertEquals(marker, Files.readString(account().resolve("config")));
        }
    }

    @Test
    void everyCallIsUnreachableWhenTheDiskIsUnmounted() throws Exception {
        FolderNode node = prepared();
        TestNodes.store(node, Space.DATA, BODY);
        Files.move(root, temp.resolve("elsewhere"));
        Files.createDirectory(root);
        assertThrows(NodeException.Unreachable.class, () -> node.get(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node.size(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node.list(Space.DATA));
        assertThrows(NodeException.Unreachable.class, () -> node.delete(Space.DATA, NAME));
        assertThrows(NodeException.Unreachable.class, () -> node.usage());
        assertThrows(NodeException.Unreachable.class, () -> node.put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        assertEquals(0, filesBelow(root));
    }

    @Test
    void putIsCorruptWhenTheNameHoldsAnotherLengthAndDeleteMendsIt() throws Exception {
        FolderNode node = prepared();
        Files.createDirectories(dataFile(NAME).resolveSibling(""));
        Files.write(dataFile(NAME), new byte[5]);
        assertThrows(NodeException.Corrupt.class, () -> node.put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
        assertTrue(node.delete(Space.DATA, NAME));
        assertEquals(PutResult.STORED, node.put(Space.DATA, NAME, ByteBuffer.wrap(BODY)));
    }

    @Test
    void listLeavesOutWhatIsNotAnObject() throws Exception {
        FolderNode node = prepared();
        TestNodes.store(node, Space.DATA, BODY);
        Path folder = dataFile(NAME).resolveSibling("");
        Files.writeString(folder.resolve(NAME.hex() + ".tmp-1"), "x");
        Files.writeString(folder.resolve("f".repeat(64)), "in the wrong folder");
        Files.writeString(folder.resolve("readme"), "x");
        Files.createDirectory(folder.resolve(NAME.hex().substring(0, 2) + "0".repeat(62)));
        assertEquals(List.of(new MeshNode.StoredObject(NAME, BODY.length)), node.list(Space.DATA));
    }

    @Test
    void listFailsWhenAPartOfItCannotBeRead() throws Exception {
        FolderNode node = prepared();
        TestNodes.store(node, Space.DATA, BODY);
        Files.writeString(account().resolve("data").resolve("zz"), "no matter");
        Files.writeString(account().resolve("data").resolve(NAME.hex().startsWith("00") ? "01" : "00"), "a file");
        assertThrows(NodeException.Unreachable.class, () -> node.list(Space.DATA));
    }

    @Test
    void prepareRemovesUploadsThatDiedLongAgoOnly() throws Exception {
        FolderNode node = prepared();
        Path old = Files.writeString(account().resolve("tmp").resolve("upload-1.part"), "x");
        Path young = Files.writeString(account().resolve("tmp").resolve("upload-2.part"), "x");
        FileTime now = Files.getLastModifiedTime(young);
        Files.setLastModifiedTime(old, FileTime.from(now.toInstant().minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(young, FileTime.from(now.toInstant().minus(Duration.ofHours(23))));
        node.prepare();
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
    }

    @Test
    void nothingIsLeftBehindWhenAPutEnds() throws Exception {
        FolderNode node = prepared();
        TestNodes.store(node, Space.DATA, BODY);
        TestNodes.store(node, Space.DATA, BODY);
        assertEquals(0, filesBelow(account().resolve("tmp")));
    }

    @Test
    void failuresOfTheDiskGetTheirMeaning() {
        Path here = temp;
        assertInstanceOf(NodeException.Full.class,
                DiskFailure.of(new IOException("No space left on device"), here, 1));
        assertInstanceOf(NodeException.Full.class,
                DiskFailure.of(new FileSystemException("/secret", null, "Disk quota exceeded"), here, 1));
        assertInstanceOf(NodeException.Full.class, DiskFailure.of(new IOException("plein"), here, Long.MAX_VALUE));
        assertInstanceOf(NodeException.Refused.class, DiskFailure.of(new AccessDeniedException("/secret"), here, 1));
        assertInstanceOf(NodeException.Refused.class,
                DiskFailure.of(new FileSystemException("/secret", null, "Read-only file system"), here, 1));
        assertInstanceOf(NodeException.Unreachable.class, DiskFailure.of(new NoSuchFileException("/secret"), here, 1));
        NodeException other = DiskFailure.of(new FileSystemException("/secret", null, "Input/output error"), here, 1);
        assertInstanceOf(NodeException.Unreachable.class, other);
        assertFalse(String.valueOf(other.getMessage()).contains("secret"));
    }

    @Test
    void anAccountTagThatIsNotOneIsRejected() {
        for (String tag : List.of("", "..", "../../etc", "A".repeat(32), "a".repeat(31))) {
            assertThrows(IllegalArgumentException.class, () -> node(tag));
        }
    }
}
