package org.stratobox.sync.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What names are called on a disk that cannot hold every name (`sync-disk.md` 2.7). Names in the state are never changed
/// because of it. Pure.
///
/// A name the disk cannot hold is written as [#MARK] and the name in which what is forbidden is `%XX`, the bytes of its UTF-8;
/// so `a:b?.txt ` is `%~a%3Ab%3F.txt%20`. A name that looks as if it had been written so is itself written so. Hence
/// [#toDisk(String)] and [#toState(String)] are each other's inverse, for all names of the state and for all names that the
/// disk can hold.
///
/// @param traits of the disk
public record NameProjection(Traits traits) {
    /// Begins a name that is not written as it is.
    public static final String MARK = "%~";

    private static final String FORBIDDEN = "<>:\"|?*\\";
    private static final Pattern DEVICE = Pattern.compile(
            "(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\u00B9\u00B2\u00B3]) *(?:\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /// What a disk does to names.
    ///
    /// @param foldsCase `File` and `file` are one name to it
    /// @param windowsRules characters, endings and device names are forbidden as on Windows
    public record Traits(boolean foldsCase, boolean windowsRules) {
        /// Tells all names apart and takes them all.
        public static final Traits EXACT = new Traits(false, false);
    }

    /// @param name a name of the state
    /// @return what it is called on the disk when no other name of its directory is in the way
    public String toDisk(String name) {
        return needsMark(name) ? written(name, false) : name;
    }

    /// @param diskName a name as the disk lists it, in any normal form
    /// @return its name in the state. Where the disk folds case that is also told of a name that [#inDirectory] gave to the second
    /// of two names, even when the first is gone: what is found there is the file whose name on this disk is now another
    public String toState(String diskName) {
        String name = Normalizer.normalize(diskName, Normalizer.Form.NFC);
        return meant(name).orElse(name);
    }

    /// @param diskName a name on the disk
    /// @return equal for two names exactly if the disk takes them for one
    public String key(String diskName) {
        if (!traits.foldsCase) {
            return diskName;
        }
        return diskName.codePoints().map(NameProjection::fold)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /// Gives every name of one directory its name on the disk. Of names that the disk takes for one, one is called as it is and
    /// the others get a name of their own.
    ///
    /// @param names of the state
    /// @param first those of them that are on the disk under [#toDisk(String)], which therefore keep it
    /// @return state name -> disk name; empty for a name that has none, because it would be longer than
    /// [RelativePath#MAX_NAME_BYTES], or because a third name looks like what it would be called: it is not on this disk, and
    /// not deleted
    public Map<String, Optional<String>> inDirectory(Collection<String> names, Set<String> first) {
        Map<String, Optional<String>> all = new HashMap<>();
        Set<String> taken = new HashSet<>();
        Stream<String> before = names.stream().filter(first::contains).sorted();
        Stream<String> after = names.stream().filter(n -> !first.contains(n)).sorted();
        Stream.concat(before, after).forEach(name -> {
            Optional<String> plain = fitting(toDisk(name)).filter(d -> taken.add(key(d)));
            all.put(name, plain.isPresent() || !traits.foldsCase
                    ? plain
                    : fitting(written(name, true)).filter(d -> taken.add(key(d))));
        });
        return all;
    }

    private static Optional<String> fitting(String name) {
        return Optional.of(name)
                .filter(n -> n.getBytes(StandardCharsets.UTF_8).length <= RelativePath.MAX_NAME_BYTES);
    }

    private boolean needsMark(String name) {
        return (traits.windowsRules && isForbidden(name)) || meant(name).isPresent();
    }

    private static boolean isForbidden(String name) {
        return name.chars().anyMatch(NameProjection::isForbidden) || name.endsWith(".") || name.endsWith(" ")
                || DEVICE.matcher(name).matches();
    }

    private static boolean isForbidden(int c) {
        return c < 0x20 || FORBIDDEN.indexOf(c) >= 0;
    }

    /// @return the state's name, if this is one in the written form
    private Optional<String> meant(String name) {
        if (!name.startsWith(MARK)) {
            return Optional.empty();
        }
        return decoded(name.substring(MARK.length()))
                .filter(meant -> RelativePath.faultOfName(meant).isEmpty())
                .filter(meant -> (needsMark(meant) && written(meant, false).equals(name))
                        || (traits.foldsCase && written(meant, true).equals(name)));
    }

    /// @param apart whether letters that have cases are written as bytes, so that no other name folds to this
    private String written(String name, boolean apart) {
        StringBuilder out = new StringBuilder(MARK);
        for (int i = 0; i < name.length();) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            boolean ending = traits.windowsRules && i == name.length() && (c == '.' || c == ' ');
            if (c == '%' || ending || (traits.windowsRules && isForbidden(c)) || (apart && isCased(c))) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static Optional<String> decoded(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
            } else if (i + 2 < in.length && HexFormat.isHexDigit(in[i + 1]) && HexFormat.isHexDigit(in[i + 2])) {
                out.put((byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2])));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isCased(int codePoint) {
        return fold(codePoint) != codePoint || Character.toUpperCase(codePoint) != codePoint;
    }

    private static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
