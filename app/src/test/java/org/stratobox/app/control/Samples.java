package org.stratobox.app.control;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;
import org.stratobox.crypto.wallet.Parsed;
import org.stratobox.sync.model.NodeId;

/// A value of any type that the interfaces of the engine use: records are filled part by part.
final class Samples {
    static final String PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";

    private Samples() {}

    static Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "Optional" -> Optional.of(of(of[0]));
                case "List" -> List.of(of(of[0]), of(of[0]));
                case "Map" -> Map.of(of(of[0]), of(of[1]));
                default -> throw new AssertionError("no sample of " + type);
            };
        }
        return plain((Class<?>) type);
    }

    private static Object plain(Class<?> type) {
        if (type.isRecord() && type != NodeId.class) {
            return record(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        }
        if (type.isSealed()) {
            return plain(type.getPermittedSubclasses()[0]);
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a \u00fc\n\"\u2028 b";
            case "long", "Long" -> 9_007_199_254_740_993L;
            case "int", "Integer" -> 23;
            case "boolean", "Boolean" -> true;
            case "OptionalLong" -> OptionalLong.of(5);
            case "Path" -> Path.of("/home/\u00fc b/x");
            case "NodeId" -> NodeId.of(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1});
            case "Secret" -> Secret.takeOwnership(new byte[]{0, -1, 10});
            case "Mnemonic" -> phrase();
            default -> throw new AssertionError("no sample of " + type + ": teach this class, and Wire if need be");
        };
    }

    private static Mnemonic phrase() {
        if (Mnemonic.parse(PHRASE) instanceof Parsed.Valid valid) {
            return valid.mnemonic();
        }
        throw new AssertionError("the phrase is one");
    }

    private static Object record(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            Object[] values = Arrays.stream(parts).map(part -> of(part.getGenericType())).toArray();
            return constructor.newInstance(switch (type.getSimpleName()) {
                // these have a range
                case "Span" -> with(values, 0, 5);
                case "Settings" -> with(values, 7, 20);
                default -> values;
            });
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no sample of " + type, e);
        }
    }

    private static Object[] with(Object[] values, int index, Object value) {
        values[index] = value;
        return values;
    }
}
