package org.stratobox.sync.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.stratobox.crypto.Cid;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.object.PackItem;
import org.stratobox.sync.task.Tasks;

/// One read of one pack: quickly first, and where the bytes turn out wrong, surely.
final class PackReading {
    private final MeshStore.Tools tools;
    private final ShareReader reader;

    PackReading(MeshStore.Tools tools, PackView pack) {
        this.tools = tools;
        this.reader = new ShareReader(tools, pack);
    }

    byte[] read(MeshStore.Range range) throws PackException.Unreadable, InterruptedException {
        return new RangeRead(reader, tools.tasks().io()).read(range);
    }

    List<byte[]> ranges(List<MeshStore.Range> ranges) throws PackException.Unreadable, InterruptedException {
        List<byte[]> out = new ArrayList<>(Collections.nCopies(ranges.size(), new byte[0]));
        for (Fetched fetched : fetch(ranges)) {
            fetched.group().members().forEach(i -> out.set(i, fetched.cut(ranges.get(i))));
        }
        return out;
    }

    List<byte[]> envelopes(List<PackItem> items) throws PackException, InterruptedException {
        List<MeshStore.Range> ranges = new ArrayList<>();
        for (PackItem item : items) {
            ranges.add(inside(item));
        }
        List<byte[]> out = new ArrayList<>(Collections.nCopies(items.size(), new byte[0]));
        List<Integer> wrong = new ArrayList<>();
        List<Piece> suspects = new ArrayList<>();
        for (Fetched fetched : fetch(ranges)) {
            boolean bad = false;
            for (int i : fetched.group().members()) {
                byte[] envelope = fetched.cut(ranges.get(i));
                if (fits(items.get(i), envelope)) {
                    out.set(i, envelope);
                } else {
                    wrong.add(i);
                    bad = true;
                }
            }
            if (bad) {
                suspects.addAll(fetched.pieces());
            }
        }
        if (!wrong.isEmpty()) {
            surely(items, wrong, suspects, out);
        }
        return out;
    }

    byte[] whole() throws PackException, InterruptedException {
        byte[] bytes = surely().read(new MeshStore.Range(0, reader.pack().layout().packLength()));
        if (!Sha256.of(bytes).equals(reader.pack().id())) {
            throw new PackException.Malformed("right shares do not make the pack of this record");
        }
        return bytes;
    }

    private record Fetched(Coalesced group, ByteBuffer bytes, List<Piece> pieces) {
        byte[] cut(MeshStore.Range range) {
            byte[] part = new byte[range.length()];
            bytes.get(range.offset() - group.range().offset(), part);
            return part;
        }
    }

    private List<Fetched> fetch(List<MeshStore.Range> ranges) throws PackException.Unreadable, InterruptedException {
        List<Tasks.Job<Fetched, PackException.Unreadable>> jobs = new ArrayList<>();
        for (Coalesced group : Coalesced.of(ranges)) {
            jobs.add(() -> {
                RangeRead read = new RangeRead(reader, tools.tasks().io());
                return new Fetched(group, ByteBuffer.wrap(read.read(group.range())), read.pieces());
            });
        }
        return Tasks.all(tools.tasks().io(), jobs);
    }

    private void surely(List<PackItem> items, List<Integer> wrong, List<Piece> suspects, List<byte[]> out)
            throws PackException, InterruptedException {
        VerifiedRead sure = surely();
        sure.trace(suspects);
        for (int i : wrong) {
            byte[] envelope = sure.read(inside(items.get(i)));
            if (!fits(items.get(i), envelope)) {
                throw new PackException.Malformed("right shares do not hold the envelope their record names");
            }
            out.set(i, envelope);
        }
    }

    private VerifiedRead surely() {
        return new VerifiedRead(reader, tools.tasks().io(), Set.of());
    }

    private MeshStore.Range inside(PackItem item) throws PackException.Malformed {
        int length = reader.pack().layout().packLength();
        if (item.length() > length - item.offset()) {
            throw new PackException.Malformed("an item outside its pack");
        }
        return new MeshStore.Range(item.offset(), item.length());
    }

    private static boolean fits(PackItem item, byte[] envelope) {
        return Cid.ofEnvelope(envelope).equals(item.cid());
    }
}
