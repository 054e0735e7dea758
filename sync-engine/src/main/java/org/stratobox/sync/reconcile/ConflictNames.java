package org.stratobox.sync.reconcile;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.stratobox.sync.model.DeviceId;
import org.stratobox.sync.model.Entry;
import org.stratobox.sync.model.RelativePath;

/// Names of conflict copies: `stem (conflict from DEVICE, 2026-11-20 14.02, 3fa9).ext` (`sync.md` 1). A name depends on the
/// losing version alone, so every device gives the same one; the time is UTC. Copies of copies are not nested.
///
/// Names of different losers differ by the digits of the content's identity. Where four digits are not enough the second
/// loser of the same device and minute gets more of them.
///
/// @param labels what people call each device, from the device records; must be the same on all devices
public record ConflictNames(Map<DeviceId, String> labels) {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH.mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern COPY = Pattern
            .compile(
                    "(?s)(.*?) \\((conflict from .{1,64}?, -?\\d{4,}-\\d\\d-\\d\\d \\d\\d\\.\\d\\d), ([0-9a-f]{4,64})\\)(.*)");
    private static final int FIRST_DIGITS = 4;
    private static final int MAX_LABEL = 32;
    private static final int MAX_EXTENSION_BYTES = 32;

    /// Copies the map.
    public ConflictNames {
        labels = Map.copyOf(labels);
    }

    /// @param path where the conflict is
    /// @param loser the version that does not keep the name
    /// @return where the loser lives on; never `path` itself
    public RelativePath pathFor(RelativePath path, Entry loser) {
        Split split = split(path.name());
        String origin = "conflict from " + label(loser) + ", "
                + MINUTE.format(Instant.ofEpochMilli(loser.wallMillis()));
        String identity = loser.content().identity().hex();
        int digits = FIRST_DIGITS;
        // Already the copy's own name, so another loser with the same first digits sits there.
        if (split.origin.equals(origin) && identity.startsWith(split.digits)) {
            digits = Math.min(identity.length(), 2 * split.digits.length());
        }
        String tail = " (" + origin + ", " + identity.substring(0, digits) + ")" + split.extension;
        RelativePath directory = path.parent().orElse(RelativePath.ROOT);
        return directory.child(fit(split.stem, RelativePath.MAX_NAME_BYTES - utf8(tail)) + tail);
    }

    /// @param name of anything
    /// @return false if it is certainly not the name of a conflict copy; cheap
    public static boolean mayBeCopy(String name) {
        return name.contains(" (conflict from ");
    }

    /// @param path a path
    /// @return the path whose conflict it looks like a copy of, if it looks like one; a long name was cut, so nothing need be
    /// there
    public static Optional<RelativePath> original(RelativePath path) {
        String name = path.name();
        if (!mayBeCopy(name)) {
            return Optional.empty();
        }
        Split split = split(name);
        String first = split.stem + split.extension;
        return split.origin.isEmpty() || RelativePath.faultOfName(first).isPresent()
                ? Optional.empty()
                : Optional.of(path.parent().orElse(RelativePath.ROOT).child(first));
    }

    /// A name taken apart.
    ///
    /// @param origin who and when, if it is the name of a copy, else empty
    /// @param digits the digits of a copy's identity, else empty
    private record Split(String stem, String origin, String digits, String extension) {}

    private static Split split(String name) {
        Matcher copy = COPY.matcher(name);
        if (copy.matches()) {
            return new Split(copy.group(1), copy.group(2), copy.group(3), copy.group(4));
        }
        int dot = name.lastIndexOf('.');
        boolean extension = dot > 0 && utf8(name.substring(dot)) <= MAX_EXTENSION_BYTES;
        return extension
                ? new Split(name.substring(0, dot), "", "", name.substring(dot))
                : new Split(name, "", "", "");
    }

    private String label(Entry loser) {
        String label = labels.getOrDefault(loser.author(), "");
        String plain = label.codePoints().filter(c -> c != '/' && !Character.isISOControl(c) && c != 0xFFFD)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE).limit(MAX_LABEL)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        String normal = Normalizer.normalize(plain, Normalizer.Form.NFC).strip();
        return normal.isEmpty() ? loser.author().id().hex().substring(0, 8) : normal;
    }

    /// Cuts at a code point so that the rest has at most that many bytes; the result stays in form C with a space after it.
    private static String fit(String stem, int bytes) {
        String fitting = stem;
        while (utf8(fitting) > bytes) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
