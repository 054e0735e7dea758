package org.stratobox.sync.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stratobox.crypto.chunking.Chunker;
import org.stratobox.crypto.envelope.Capability;
import org.stratobox.crypto.envelope.ObjectType;
import org.stratobox.crypto.envelope.SealedObject;
import org.stratobox.sync.api.StratoboxException;
import org.stratobox.sync.engine.Home.FolderSetting;
import org.stratobox.sync.event.Progress.Phase;
import org.stratobox.sync.index.HeadTable.KnownHead;
import org.stratobox.sync.index.IndexException;
import org.stratobox.sync.index.SyncIndex;
import org.stratobox.sync.localfs.DirectoryTooLarge;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.FolderId;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.object.ChainPoint;
import org.stratobox.sync.object.Commit;
import org.stratobox.sync.object.FolderRoot;
import org.stratobox.sync.object.Head;
import org.stratobox.sync.object.Signed;
import org.stratobox.sync.pack.PackBuilder;
import org.stratobox.sync.pack.PackException;
import org.stratobox.sync.pack.StoredCopies;
import org.stratobox.sync.scan.Scanner;
import org.stratobox.sync.transfer.Author;
import org.stratobox.sync.transfer.FolderIngest;
import org.stratobox.sync.transfer.Publisher;
import org.stratobox.sync.transfer.TransferException;
import org.stratobox.sync.transfer.Upload;

/// One pass over the folders of a device: scan, upload, publish. Used once.
final class SyncPass {
    private static final String COUNTER = "own-counter";
    static final String PUBLISHED = "published-trees";
    private static final int PACKS_IN_FLIGHT = 3;
    /// Numbers set aside while a pass runs, so that one that dies gives none of its numbers to the next.
    private static final long RESERVED = 1L << 32;

    private final EngineParts parts;
    private final Home home;
    private final DeviceKeys keys;
    private final SyncIndex index;
    private final Mesh mesh;
    private final PassMeter meter;
    private boolean published;

    SyncPass(EngineParts parts, Home home, DeviceKeys keys, SyncIndex index, Mesh mesh, PassMeter meter) {
        this.parts = parts;
        this.home = home;
        this.keys = keys;
        this.index = index;
        this.mesh = mesh;
        this.meter = meter;
    }

    boolean published() {
        return published;
    }

    /// @param folders to go over
    /// @param chain where this device's chain of heads stands
    void run(List<FolderSetting> folders, OwnChain chain)
            throws TransferException, StratoboxException, InterruptedException {
        long counter = counter();
        saveCounter(counter + RESERVED);
        Author author = new Author(keys.device(), counter, parts.clock(), parts.entropy());
        Upload upload = new Upload(mesh.store(), index, parts.tasks(), packing(), meter);
        try {
            meter.phase(Phase.SCANNING);
            for (FolderSetting folder : folders) {
                ingest(folder, author, upload);
            }
            meter.phase(Phase.PUBLISHING);
            saveCounter(author.counter());
            publish(folders, chain, upload);
        } finally {
            upload.stop();
        }
    }

    private Upload.Packing packing() {
        List<PackBuilder> builders = new ArrayList<>();
        for (int i = 0; i < PACKS_IN_FLIGHT; i++) {
            builders.add(new PackBuilder(keys.accountSealer(), PackBuilder.DEFAULT_CAPACITY));
        }
        return new Upload.Packing(builders,
                bound -> (int) Long.remainderUnsigned(ByteBuffer.wrap(parts.entropy().bytes(8)).getLong(), bound));
    }

    private void ingest(FolderSetting setting, Author author, Upload upload)
            throws TransferException, InterruptedException {
        FolderId folder = keys.folderId(setting.name());
        Path root = setting.path();
        Optional<String> problem = FolderChecks.problem(root, folder);
        if (problem.isEmpty() && holdsEntries(folder)) {
            problem = FolderChecks.emptied(parts.files(), root);
        }
        if (problem.isPresent()) {
            meter.paused(setting.name(), problem.get());
            return;
        }
        FolderIngest.FolderKeys folderKeys = new FolderIngest.FolderKeys(keys.folderSealer(folder),
                Chunker.phte(keys.folderScope(folder).chunkerKey()));
        FolderIngest ingest = new FolderIngest(
                new FolderIngest.Tools(parts.files(), index, parts.tasks(), author, folderKeys), upload, workers(),
                meter.forFolder(setting.name()));
        try {
            boolean complete = scan(setting, root, folder, ingest);
            finishReading(ingest);
            upload.flush();
            // deletions count only if the root was the right one all the time
            if (complete && FolderChecks.problem(root, folder).isEmpty()) {
                ingest.recordDeletions();
            }
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private boolean holdsEntries(FolderId folder) throws TransferException {
        try {
            return index.entries().totals(folder).entries() > 0;
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private static void finishReading(FolderIngest ingest) throws TransferException, InterruptedException {
        try {
            ingest.finishReading();
        } catch (InterruptedException e) {
            ingest.cancel();
            ingest.finishReading();
            throw e;
        }
    }

    private static int workers() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    /// @return whether everything below the root was looked at
    private boolean scan(FolderSetting setting, Path root, FolderId folder, FolderIngest ingest)
            throws IndexException, InterruptedException, TransferException {
        try {
            new Scanner(parts.files(), index.entries(), ingest).scan(root, index.entries().root(folder));
            return true;
        } catch (IOException e) {
            meter.paused(setting.name(), e instanceof DirectoryTooLarge
                    ? Scanner.reason(e)
                    : "The folder cannot be listed. It is paused; nothing was changed anywhere.");
            return false;
        } catch (InterruptedException e) {
            ingest.cancel();
            ingest.finishReading();
            throw e;
        }
    }

    private void publish(List<FolderSetting> folders, OwnChain chain, Upload upload)
            throws TransferException, StratoboxException, InterruptedException {
        Publisher publisher = new Publisher(index, mesh.store(), upload, keys.accountSealer());
        publisher.begin();
        try {
            Map<FolderId, FolderRoot> roots = new LinkedHashMap<>();
            for (FolderSetting setting : folders) {
                FolderId folder = keys.folderId(setting.name());
                Capability tree = publisher.sealTree(index.entries().root(folder), keys.folderSealer(folder));
                roots.put(folder, new FolderRoot(DeviceKeys.FOLDER_EPOCH, tree, setting.name()));
            }
            byte[] digest = digest(roots);
            boolean changed = index.get(PUBLISHED).filter(d -> Arrays.equals(d, digest)).isEmpty();
            if (changed || !chain.isConfirmed()) {
                commit(publisher, chain, roots);
                index.set(PUBLISHED, digest);
                published = true;
            } else {
                publisher.treesStored();
                publisher.publishPacks();
            }
        } catch (IndexException e) {
            throw new TransferException(e);
        } catch (PackException e) {
            throw new TransferException(e);
        }
    }

    private void commit(Publisher publisher, OwnChain chain, Map<FolderId, FolderRoot> roots)
            throws TransferException, StratoboxException, PackException, IndexException, InterruptedException {
        long seq = chain.newest().seq() + 1;
        long now = parts.clock().millis();
        Map<DeviceId, ChainPoint> seen = new HashMap<>();
        for (KnownHead head : index.heads().newest().values()) {
            if (!head.device().equals(keys.device())) {
                seen.put(head.device(), new ChainPoint(head.seq(), head.hash()));
            }
        }
        Commit commit = new Commit(keys.device(), seq, chain.parents(), roots, meter.summary(), now);
        Capability cap = publisher.sendAccountObject(ObjectType.COMMIT, commit.encode());
        publisher.treesStored();
        publisher.publishPacks();
        Signed<Head> head = new Head(keys.accountId(), keys.device(), keys.epoch().epoch(), seq,
                chain.newest().hash(), cap, seen, chain.account(), now, List.of(), List.of()).sign(keys.identity());
        SealedObject sealed = keys.headSealer().seal(ObjectType.HEAD, head.encode());
        // first here, then there: a crash in between puts the same bytes again, never another head with this number
        home.saveHead(sealed.envelope());
        StoredCopies stored = mesh.store().storeReplicated(Space.HEAD, ByteBuffer.wrap(sealed.envelope()));
        index.transact(() -> {
            index.heads().add(new KnownHead(new ObjectName(sealed.capability().cid().digest()), keys.device(), seq,
                    head.hash(), now));
            Publisher.addDebts(index, stored);
        });
    }

    private static byte[] digest(Map<FolderId, FolderRoot> roots) {
        SortedMap<FolderId, Capability> trees = new TreeMap<>();
        roots.forEach((folder, root) -> trees.put(folder, root.tree()));
        return published(trees);
    }

    /// What the index remembers of the trees in the newest own head.
    static byte[] published(SortedMap<FolderId, Capability> trees) {
        ByteBuffer all = ByteBuffer.allocate(trees.size() * 48);
        trees.forEach((folder, tree) -> all.put(folder.bytes()).put(tree.cid().digest().bytes()));
        return all.array();
    }

    private long counter() throws TransferException {
        try {
            return index.get(COUNTER).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    private void saveCounter(long counter) throws TransferException {
        try {
            index.setDurably(COUNTER, ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
        } catch (IndexException e) {
            throw new TransferException(e);
        }
    }

    /// Used when the index is rebuilt: no counter below this may be given again.
    static void raiseCounter(SyncIndex index, long atLeast) throws IndexException {
        long now = index.get(COUNTER).map(b -> ByteBuffer.wrap(b).getLong()).orElse(0L);
        index.setDurably(COUNTER, ByteBuffer.allocate(Long.BYTES).putLong(Math.max(now, atLeast)).array());
    }
}
