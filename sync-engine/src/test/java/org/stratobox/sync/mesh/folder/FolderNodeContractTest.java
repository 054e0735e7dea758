package org.stratobox.sync.mesh.folder;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.MeshNodeContract;
import org.stratobox.sync.mesh.TestNodes;

class FolderNodeContractTest extends MeshNodeContract {
    @TempDir
    private Path place = Path.of("");

    @Override
    protected MeshNode open(String accountTagHex) {
        return FolderNode.open(TestNodes.spec(), place.resolve("node"), accountTagHex);
    }
}
