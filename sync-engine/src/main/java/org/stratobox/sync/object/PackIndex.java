package org.stratobox.sync.object;

import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.envelope.Envelope;

/// Where packs are and what they hold, type 14 (`format.md` 3.4): `{1: [pack, ...]}`.
///
/// @param packs as many as fit one object; [#split(List)] cuts longer lists
public record PackIndex(List<PackRecord> packs) {
    private static final int MAX_PACKS = 16_384;
    private static final int MIN_PACK_BYTES = 1 + 35 + 2 + 2 + 2 + 2 + 2;

    /// @throws IllegalArgumentException if there are more packs than one index may list
    public PackIndex {
        packs = List.copyOf(packs);
        Limits.requireCount(packs.size(), MAX_PACKS);
    }

    /// @param packs any number
    /// @return the same packs in the same order in as few indexes as fit an envelope each
    public static List<PackIndex> split(List<PackRecord> packs) {
        List<PackIndex> out = new ArrayList<>();
        int start = 0;
        int bytes = 8;
        CborWriter scratch = new CborWriter(1024);
        for (int i = 0; i < packs.size(); i++) {
            scratch.clear();
            packs.get(i).write(scratch);
            if (i > start && (bytes + scratch.size() > Envelope.MAX_BODY || i - start == MAX_PACKS)) {
                out.add(new PackIndex(packs.subList(start, i)));
                start = i;
                bytes = 8;
            }
            bytes += scratch.size();
        }
        if (start < packs.size()) {
            out.add(new PackIndex(packs.subList(start, packs.size())));
        }
        return out;
    }

    /// @return the body to seal
    public byte[] encode() {
        CborWriter out = new CborWriter(4096);
        out.map(1).uint(1).array(packs.size());
        packs.forEach(pack -> pack.write(out));
        return out.toByteArray();
    }

    /// @param body an opened object of type 14
    /// @return the index
    /// @throws ObjectException if it is anything else
    public static PackIndex decode(byte[] body) throws ObjectException {
        CborReader in = new CborReader(body);
        MapFields fields = new MapFields(in);
        fields.key(1);
        int n = in.array(MAX_PACKS, MIN_PACK_BYTES);
        List<PackRecord> packs = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            packs.add(PackRecord.read(in));
        }
        fields.endOfInput();
        return new PackIndex(packs);
    }
}
