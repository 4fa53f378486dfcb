package dev.dray.layer.tarsplit;

import java.util.ArrayDeque;
import java.util.Deque;

/// The shortest name of a path, as Go's `filepath.Clean` writes it: two entries of one clean name are duplicates for
/// tar-split.
final class CleanPath {
    private CleanPath() {}

    static String of(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> elements = new ArrayDeque<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            add(path.substring(start, end), rooted, elements);
            start = end + 1;
        }
        String clean = String.join("/", elements);
        if (rooted) {
            return "/" + clean;
        }
        return clean.isEmpty() ? "." : clean;
    }

    private static void add(String element, boolean rooted, Deque<String> elements) {
        switch (element) {
            case "", "." -> {}
            case ".." -> {
                if (!elements.isEmpty() && !elements.getLast().equals("..")) {
                    elements.removeLast();
                } else if (!rooted) {
                    elements.addLast(element);
                }
            }
            default -> elements.addLast(element);
        }
    }
}
