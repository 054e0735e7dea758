package org.stratobox.sync.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stratobox.sync.simulation.world.Chance;

/// What users wrote, and what they did away with knowing what it was. Every content is a token of its own, so that each has
/// one author and can be told wherever it turns up.
final class Ledger {
    private static final String HEAD = "token ";
    private final SortedMap<Integer, byte[]> written = new TreeMap<>();
    private final SortedMap<Integer, Removal> replaced = new TreeMap<>();
    private final NavigableSet<Integer> excused = new TreeSet<>();
    private final NavigableSet<Integer> moved = new TreeSet<>();
    /// Tokens that users wrote at a path.
    private final Map<String, Set<Integer>> writtenAt = new HashMap<>();
    /// Tokens that a device's disk ever had at a path.
    private final Map<String, Set<Integer>> shownAt = new HashMap<>();
    private int next = 1;

    /// @return a content nobody wrote before, of a size chance decides: most live in their tree entry
    byte[] fresh(Chance chance) {
        int size = switch (chance.below(20)) {
            case 0 -> 3_000 + chance.below(200);
            case 1, 2, 3 -> 4_000 + chance.below(6_000);
            default -> 16 + chance.below(40);
        };
        byte[] content = Arrays.copyOf((HEAD + next + " ").getBytes(StandardCharsets.US_ASCII), size);
        for (int i = (HEAD + next + " ").length(); i < size; i++) {
            content[i] = (byte) ('a' + (i * 31 + next) % 26);
        }
        next++;
        return content;
    }

    /// @return the token a content is, if it is one, whole and unspoilt
    Optional<Integer> token(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 16), StandardCharsets.US_ASCII);
        if (!head.startsWith(HEAD) || head.indexOf(' ', HEAD.length()) < 0) {
            return Optional.empty();
        }
        int token;
        try {
            token = Integer.parseInt(head.substring(HEAD.length(), head.indexOf(' ', HEAD.length())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        return Optional.of(token).filter(t -> Arrays.equals(written.get(t), content));
    }

    /// A disk has something at a path.
    void shown(String device, String path, byte[] content) {
        token(content).ifPresent(
                token -> shownAt.computeIfAbsent(device + ' ' + path, p -> new HashSet<>()).add(token));
    }

    /// A user wrote it wholly.
    void written(byte[] content, String device, String path) {
        written(content);
        token(content).ifPresent(token -> writtenAt.computeIfAbsent(path, p -> new HashSet<>()).add(token));
        shown(device, path, content);
    }

    /// A user put something there that was written elsewhere, or that is no file.
    void placed(byte[] content, String path) {
        writtenAt.computeIfAbsent(path, p -> new HashSet<>()).add(token(content).orElse(0));
    }

    private void written(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 16), StandardCharsets.US_ASCII);
        int token = Integer.parseInt(head.substring(HEAD.length(), head.indexOf(' ', HEAD.length())));
        if (written.put(token, content) != null) {
            moved.add(token);
        }
        replaced.remove(token);
    }

    /// A user who had it before the eyes overwrote or deleted it there.
    void replaced(byte[] content, String device, String path) {
        token(content).ifPresent(token -> {
            if (replaced.containsKey(token)) {
                moved.add(token);
            }
            replaced.put(token, new Removal(path, Set.copyOf(shownAt.getOrDefault(device + ' ' + path, Set.of()))));
        });
    }

    /// @param seen what the disk had there until then
    private record Removal(String path, Set<Integer> seen) {}

    /// A user did something else to it, so that it may rightly be somewhere else or come back.
    void touched(byte[] content) {
        token(content).ifPresent(moved::add);
    }

    /// A power cut took it before it was on the medium.
    void excused(int token) {
        excused.add(token);
    }

    byte[] content(int token) {
        return written.getOrDefault(token, new byte[0]);
    }

    /// @return tokens that must be visible everywhere
    NavigableSet<Integer> owed() {
        NavigableSet<Integer> owed = new TreeSet<>(written.keySet());
        owed.removeAll(replaced.keySet());
        owed.removeAll(excused);
        return owed;
    }

    /// Where two users wrote without knowing of one another, a deletion that knows one of them may lose against both.
    ///
    /// @return token and where it was deleted, of those that nobody touched in any other way
    SortedMap<Integer, String> gone() {
        SortedMap<Integer, String> gone = new TreeMap<>();
        replaced.forEach((token, removal) -> {
            if (!moved.contains(token) && !excused.contains(token)
                    && removal.seen().containsAll(writtenAt.getOrDefault(removal.path(), Set.of()))) {
                gone.put(token, removal.path());
            }
        });
        return gone;
    }

    /// @return tokens that lie at one place at most
    boolean isSingle(int token) {
        return !moved.contains(token);
    }
}
