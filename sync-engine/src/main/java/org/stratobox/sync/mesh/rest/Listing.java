package org.stratobox.sync.mesh.rest;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.stratobox.crypto.Digest256;
import org.stratobox.sync.mesh.MeshNode.StoredObject;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.model.ObjectName;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Reads a listing of version 2 of the protocol, `[{"name":"<hex>","size":<bytes>},...]`, entry by entry.
final class Listing {
    /// Three million objects; more is not a listing but an attack.
    private static final long MAX_BYTES = 256L << 20;
    private static final JsonFactory JSON = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxDocumentLength(MAX_BYTES).maxNestingDepth(4).maxStringLength(4096).build()).build();

    private Listing() {}

    static List<StoredObject> read(InputStream body) throws NodeException {
        List<StoredObject> found = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            require(json.nextToken() == JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                require(json.currentToken() == JsonToken.START_OBJECT);
                entry(json, found);
            }
            require(json.nextToken() == null);
            return found;
        } catch (JacksonIOException e) {
            throw new NodeException.Unreachable("the list was cut off", e);
        } catch (JacksonException e) {
            throw new NodeException.Corrupt("the list of the node cannot be read");
        }
    }

    private static void entry(JsonParser json, List<StoredObject> found) throws NodeException.Corrupt {
        String name = "";
        long size = -1;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            require(json.currentToken() == JsonToken.PROPERTY_NAME);
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("name") && value == JsonToken.VALUE_STRING) {
                name = json.getString();
            } else if (field.equals("size") && value == JsonToken.VALUE_NUMBER_INT) {
                size = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
        if (Digest256.isHex(name)) {
            require(size >= 0);
            found.add(new StoredObject(ObjectName.parse(name), size));
        }
    }

    private static void require(boolean condition) throws NodeException.Corrupt {
        if (!condition) {
            throw new NodeException.Corrupt("the list of the node is not one");
        }
    }
}
