package org.stratobox.app.cli;

import java.util.Locale;

/// Numbers as people read them. Decimal units: 1 MB is a million bytes.
public final class Figures {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Figures() {}

    /// @param bytes not negative
    /// @return such as `0 B`, `1.2 kB`, `34 MB`
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return number(value, unit == 0) + " " + UNITS[unit];
    }

    private static String number(double value, boolean whole) {
        return String.format(Locale.ROOT, whole || value >= 9.95 ? "%.0f" : "%.1f", value);
    }

    /// @param bytes moved
    /// @param millis in this time
    /// @return such as `52 MB/s`
    public static String rate(long bytes, long millis) {
        return size(Math.round(bytes * 1000.0 / Math.max(1, millis))) + "/s";
    }

    /// @param millis a duration
    /// @return such as `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 days`
    public static String duration(long millis) {
        double seconds = millis / 1000.0;
        if (seconds < 59.5) {
            return number(seconds, false) + " s";
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        if (whole < 48 * 3600) {
            long minutes = whole % 3600 / 60;
            return whole / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        return whole / 86_400 + " days";
    }

    /// @param thenMillis a time, milliseconds since 1970
    /// @param nowMillis the present
    /// @return such as `3 min ago`; says so if the time lies ahead
    public static String age(long thenMillis, long nowMillis) {
        long minutes = Math.floorDiv(nowMillis - thenMillis, 60_000);
        if (minutes < -5) {
            return "at a time that is still ahead (is this computer's clock right?)";
        }
        if (minutes < 1) {
            return "just now";
        }
        if (minutes < 60) {
            return minutes + " min ago";
        }
        return minutes < 48 * 60 ? minutes / 60 + " h ago" : minutes / 1440 + " days ago";
    }

    /// @param n how many
    /// @param one the word for one thing
    /// @return such as `1 file`, `2 files`, `3 entries`
    public static String count(long n, String one) {
        if (n == 1) {
            return "1 " + one;
        }
        String grouped = String.format(Locale.ROOT, "%,d", n).replace(',', ' ');
        return grouped + " " + (one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s");
    }

    /// Names come from other machines and may hold sequences that a terminal would obey.
    ///
    /// @param text any
    /// @return the same with control characters replaced
    public static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isHarmless(c) ? c : '\uFFFD'));
        return out.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    /// @param text such as `500`, `10G`, `1.5 TB`
    /// @return bytes, decimal units
    /// @throws NumberFormatException with a sentence if it is not a size
    public static long parseSize(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        String digits = upper.replaceAll("\\s*[KMGTP]?B?$", "");
        String unit = upper.substring(digits.length()).strip();
        int power = unit.isEmpty() ? 0 : Math.max(0, " KMGTP".indexOf(unit.charAt(0)));
        try {
            double bytes = Double.parseDouble(digits) * Math.pow(1000, power);
            if (bytes >= 1 && bytes < Long.MAX_VALUE) {
                return (long) bytes;
            }
        } catch (NumberFormatException _) {
            // said below, for both cases
        }
        throw new NumberFormatException("A size looks like 500M, 10G or 2T, not like " + text + ".");
    }
}
