package org.stratobox.sync.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jgit.errors.InvalidPatternException;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.internal.PathMatcher;

/// The rules of one file, in order; the last that fits decides.
///
/// @param rules that say something
/// @param faults numbers of lines that are no rules
record PatternList(List<Rule> rules, List<Integer> faults) {
    /// A longer pattern is a mistake, and long ones with many asterisks would take long.
    private static final int MAX_PATTERN = 1_024;

    PatternList {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
    }

    /// A line of the file.
    record Rule(FastIgnoreRule pattern, String text, int line) {
        boolean fits(String path, boolean directory) {
            return pattern.isMatch(path, directory, true);
        }
    }

    static PatternList parse(String text) {
        List<Rule> rules = new ArrayList<>();
        List<Integer> faults = new ArrayList<>();
        int line = 0;
        for (String raw : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1)) {
            line++;
            String pattern = withoutTrailingSpace(raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw);
            if (pattern.isEmpty() || pattern.startsWith("#")) {
                continue;
            }
            if (!isPattern(pattern)) {
                faults.add(line);
                continue;
            }
            FastIgnoreRule rule = new FastIgnoreRule(pattern);
            if (!rule.isEmpty()) {
                rules.add(new Rule(rule, pattern, line));
            }
        }
        return new PatternList(rules, faults);
    }

    /// @return what decides about a path, which may be that it is not ignored after all
    Optional<Rule> decide(String path, boolean directory) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).fits(path, directory)) {
                return Optional.of(rules.get(i));
            }
        }
        return Optional.empty();
    }

    /// Trailing space does not count unless a backslash stands before it.
    private static String withoutTrailingSpace(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    /// The library writes a pattern it cannot read to the log; a pattern is a user's word, so it never gets there.
    private static boolean isPattern(String pattern) {
        String bare = pattern.startsWith("!") ? pattern.substring(1) : pattern;
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        if (bare.isEmpty() || pattern.length() > MAX_PATTERN) {
            return false;
        }
        try {
            PathMatcher.createPathMatcher(bare, FastIgnoreRule.PATH_SEPARATOR, false);
            return true;
        } catch (InvalidPatternException | IllegalStateException e) {
            return false;
        }
    }
}
