package org.stratobox.sync.model;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/// The place of an entry inside its folder: names joined by `/`, in Unicode normalisation form C; the empty text is the
/// folder itself.
///
/// A value of this type always passed the rules for hostile names (`format.md` 3.14): no empty name, no `.` or `..`, no
/// NUL, at most 255 bytes of UTF-8 per name. So no path leaves its folder, whoever wrote it. What Windows forbids
/// (`\`, `:`, control characters, `CON`) is allowed here and mapped where a file is written (`sync.md` 3).
///
/// Ordered by the UTF-16 code units of the text.
///
/// @param text the names, separated by `/`
public record RelativePath(String text) implements Comparable<RelativePath> {
    /// The folder itself.
    public static final RelativePath ROOT = new RelativePath("");

    /// Most names in a path; with names of at most 255 bytes no path is longer than 32 767 bytes.
    public static final int MAX_DEPTH = 128;

    /// Longest name, in bytes of UTF-8.
    public static final int MAX_NAME_BYTES = 255;

    /// For text that is known to be good; foreign text goes through [#parse(String)].
    ///
    /// @throws IllegalArgumentException if the text breaks a rule
    public RelativePath {
        faultOfPath(text).ifPresent(fault -> {
            throw new IllegalArgumentException("unusable path: " + fault);
        });
    }

    /// @param text a path from a disk or from the mesh
    /// @return the path
    /// @throws NameException if it breaks a rule
    public static RelativePath parse(String text) throws NameException {
        Optional<NameFault> fault = faultOfPath(text);
        if (fault.isPresent()) {
            throw new NameException(fault.get());
        }
        return new RelativePath(text);
    }

    /// @param name one name without its directories
    /// @return what is wrong with it, or empty if it may be a component of a path
    public static Optional<NameFault> faultOfName(String name) {
        return faultOfName(name, 0, name.length());
    }

    /// @return whether this is the folder itself
    public boolean isRoot() {
        return text.isEmpty();
    }

    /// @return the last name, empty for the folder itself
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /// @return the directory that holds this, or empty if this is the folder itself
    public Optional<RelativePath> parent() {
        if (isRoot()) {
            return Optional.empty();
        }
        int slash = text.lastIndexOf('/');
        return Optional.of(slash < 0 ? ROOT : new RelativePath(text.substring(0, slash)));
    }

    /// @param name a name that is known to be good
    /// @return the path of that name inside this directory
    /// @throws IllegalArgumentException if the name breaks a rule
    public RelativePath child(String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("unusable name: " + NameFault.SEPARATOR);
        }
        return new RelativePath(isRoot() ? requireName(name) : text + '/' + name);
    }

    /// @param name a name from a disk or from the mesh
    /// @return the path of that name inside this directory
    /// @throws NameException if the name breaks a rule
    public RelativePath resolve(String name) throws NameException {
        Optional<NameFault> fault = faultOfName(name);
        if (fault.isPresent()) {
            throw new NameException(fault.get());
        }
        return parse(isRoot() ? name : text + '/' + name);
    }

    /// @return its components, from the root down; none for the root
    public List<String> names() {
        return isRoot() ? List.of() : List.of(text.split("/", -1));
    }

    /// @param ancestor another path
    /// @return whether this lies below it, at any depth; no path lies below itself
    public boolean isBelow(RelativePath ancestor) {
        if (ancestor.isRoot()) {
            return !isRoot();
        }
        int length = ancestor.text.length();
        return text.length() > length && text.charAt(length) == '/' && text.startsWith(ancestor.text);
    }

    /// @return how many names the path has; 0 for the folder itself
    public int depth() {
        return isRoot() ? 0 : 1 + (int) text.chars().filter(c -> c == '/').count();
    }

    @Override
    public int compareTo(RelativePath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("unusable name: " + NameFault.EMPTY);
        }
        return name;
    }

    private static Optional<NameFault> faultOfPath(String text) {
        int start = 0;
        int depth = 0;
        while (start <= text.length() && !text.isEmpty()) {
            if (++depth > MAX_DEPTH) {
                return Optional.of(NameFault.TOO_DEEP);
            }
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            Optional<NameFault> fault = faultOfName(text, start, end);
            if (fault.isPresent()) {
                return fault;
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<NameFault> faultOfName(String text, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return Optional.of(NameFault.EMPTY);
        }
        if (length <= 2 && text.charAt(start) == '.' && text.charAt(end - 1) == '.') {
            return Optional.of(NameFault.DOTS);
        }
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == 0 || c == '/') {
                return Optional.of(NameFault.SEPARATOR);
            }
            ascii &= c < 0x80;
        }
        if (ascii) {
            return length > MAX_NAME_BYTES ? Optional.of(NameFault.NAME_TOO_LONG) : Optional.empty();
        }
        return faultOfUnicode(text.substring(start, end));
    }

    private static Optional<NameFault> faultOfUnicode(String name) {
        int bytes = 0;
        for (int i = 0; i < name.length();) {
            int c = name.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return Optional.of(NameFault.NOT_UNICODE);
            }
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x1_0000 ? 3 : 4;
            i += Character.charCount(c);
        }
        if (bytes > MAX_NAME_BYTES) {
            return Optional.of(NameFault.NAME_TOO_LONG);
        }
        return Normalizer.isNormalized(name, Normalizer.Form.NFC)
                ? Optional.empty()
                : Optional.of(NameFault.NOT_NFC);
    }
}
