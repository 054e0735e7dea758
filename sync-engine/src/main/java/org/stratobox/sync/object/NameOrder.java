package org.stratobox.sync.object;

import java.util.Comparator;

/// The order of names in a directory: by their UTF-8 bytes, which is the order of their code points.
public final class NameOrder implements Comparator<String> {
    /// The one instance.
    public static final NameOrder INSTANCE = new NameOrder();

    private NameOrder() {}

    @Override
    public int compare(String a, String b) {
        return compareNames(a, b);
    }

    static int compareNames(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothPairs = Character.isSurrogate(x) == Character.isSurrogate(y);
                // Surrogates stand for code points above every other char.
                return bothPairs ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
