package dev.dray.registry.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Suggests the known word that the writer of a file may have meant.
final class Text {
    private static final int LONGEST = 80;
    private static final int FARTHEST = 2;

    private Text() {}

    /// `, did you mean "actions"?` when a known word is similar, otherwise the empty text.
    static String suggestion(String word, Collection<String> known) {
        return nearest(word, known).map(", did you mean \"%s\"?"::formatted).orElse("");
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.min(FARTHEST, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// The Levenshtein distance.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
