package org.stratobox.sync.object;

import java.util.Arrays;
import java.util.function.Function;

import org.stratobox.crypto.Secret;

/// Every type of object with its generator, its encoder and its decoder, so that each test covers all of them.
@SuppressWarnings("ImmutableEnumChecker") // method references without state
enum ObjectKind {
    MANIFEST(RandomObjects::manifest, o -> ((FileManifest) o).encode(), FileManifest::decode),
    TREE(RandomObjects::tree, o -> ((TreeObject) o).encode(), TreeObject::decode),
    COMMIT(RandomObjects::commit, o -> ((Commit) o).encode(), Commit::decode),
    HEAD(RandomObjects::head, o -> ((Signed<?>) o).encode(), Head::decode),
    DEVICE_RECORD(RandomObjects::deviceRecord, o -> ((Signed<?>) o).encode(), DeviceRecord::decode),
    ACCOUNT_RECORD(RandomObjects::accountRecord, o -> ((Signed<?>) o).encode(), AccountRecord::decode),
    SUCCESSION(RandomObjects::succession, o -> ((Signed<?>) o).encode(), Succession::decode),
    EPOCH_GRANT(RandomObjects::epochGrant, o -> ((Signed<?>) o).encode(), EpochGrant::decode),
    GC_PLAN(RandomObjects::gcPlan, o -> ((GcPlan) o).encode(), GcPlan::decode),
    MESH_DESCRIPTOR(RandomObjects::mesh, o -> ((Signed<?>) o).encode(), MeshDescriptor::decode),
    PACK_CONTENTS(RandomObjects::contents, o -> ((PackContents) o).encode(), PackContents::decode),
    PACK_INDEX(RandomObjects::packIndex, o -> ((PackIndex) o).encode(), PackIndex::decode),
    DEVICE_STATE(RandomObjects::deviceState, o -> ((DeviceState) o).encode().exposeCopy(),
            b -> DeviceState.decode(Secret.copyOf(b)));

    /// A decoder.
    interface Decoder {
        Object decode(byte[] body) throws ObjectException;
    }

    private final Function<RandomObjects, Object> generator;
    private final Function<Object, byte[]> encoder;
    private final Decoder decoder;

    ObjectKind(Function<RandomObjects, Object> generator, Function<Object, byte[]> encoder, Decoder decoder) {
        this.generator = generator;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    Object generate(RandomObjects random) {
        return generator.apply(random);
    }

    byte[] encode(Object value) {
        byte[] body = encoder.apply(value);
        return Arrays.copyOf(body, body.length);
    }

    Object decode(byte[] body) throws ObjectException {
        return decoder.decode(body);
    }
}
