package org.stratobox.app.control;

import java.util.List;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.Parsed;
import org.stratobox.sync.api.History;
import org.stratobox.sync.event.EngineEvent;
import org.stratobox.sync.model.NodeId;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// What travels: one JSON object a line. The side that listens begins with a [Hello]; then each [Call] is followed by any
/// number of [Item]s and exactly one other [Reply] of its number.
final class Wire {
    /// Of everything here. Both sides are of the same build nearly always; if not, they say so.
    static final int VERSION = 1;

    /// Values of `sync.api` as JSON and back.
    static final JsonMapper MAPPER = JsonMapper.builder().addMixIn(History.From.class, Named.class)
            .addMixIn(EngineEvent.class, Named.class).addModule(new Opaque()).build();

    private Wire() {}

    /// The first line.
    ///
    /// @param stratobox version of the protocol
    record Hello(int stratobox) {}

    /// A method to be called.
    ///
    /// @param version of the protocol
    /// @param id of this call, for its replies
    /// @param object on what: 0 is the account, 1 the running device, others came as [Handle]
    /// @param method its name
    /// @param arguments in order; null for one that takes items
    record Call(int version, long id, int object, String method, List<JsonNode> arguments) {}

    /// What comes back.
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    sealed interface Reply permits Item, Value, Handle, Failed {
        /// @return of the call
        long id();
    }

    /// Something for an argument that takes many things: progress, entries of a list, bytes.
    ///
    /// @param id of the call
    /// @param argument its number, from 0
    /// @param value the thing
    record Item(long id, int argument, JsonNode value) implements Reply {}

    /// The result.
    ///
    /// @param id of the call
    /// @param value null if there is none
    record Value(long id, JsonNode value) implements Reply {}

    /// The result is something that can be called.
    ///
    /// @param id of the call
    /// @param object its number from now on
    record Handle(long id, int object) implements Reply {}

    /// It did not work.
    ///
    /// @param id of the call
    /// @param reason name of a reason of a failure
    /// @param message a sentence for the user
    record Failed(long id, String reason, String message) implements Reply {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Named {}

    /// Types without parts that JSON could show. Secrets travel only between processes of one user, never to a disk; copies
    /// of them stay in memory until the garbage collector comes by.
    private static final class Opaque extends SimpleModule {
        private static final long serialVersionUID = 1L;

        Opaque() {
            super("opaque");
            addSerializer(NodeId.class, writer((id, to) -> to.writeBinary(id.bytes())));
            addDeserializer(NodeId.class, reader(from -> NodeId.of(from.getBinaryValue())));
            addSerializer(Secret.class, writer((secret, to) -> to.writeBinary(secret.exposeCopy())));
            addDeserializer(Secret.class, reader(from -> Secret.takeOwnership(from.getBinaryValue())));
            addSerializer(Mnemonic.class, writer((words, to) -> {
                char[] text = words.exposeWords();
                to.writeString(text, 0, text.length);
            }));
            addDeserializer(Mnemonic.class, reader(Opaque::phrase));
        }

        private static Mnemonic phrase(JsonParser from) {
            if (Mnemonic.parse(from.getString()) instanceof Parsed.Valid valid) {
                return valid.mnemonic();
            }
            throw InvalidFormatException.from(from, "not a phrase", "", Mnemonic.class);
        }
    }

    private interface Writer<T> {
        void write(T value, JsonGenerator to);
    }

    private interface Reader<T> {
        T read(JsonParser from);
    }

    private static <T> ValueSerializer<T> writer(Writer<T> writer) {
        return new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializationContext context) {
                writer.write(value, to);
            }
        };
    }

    private static <T> ValueDeserializer<T> reader(Reader<T> reader) {
        return new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) {
                return reader.read(from);
            }
        };
    }
}
