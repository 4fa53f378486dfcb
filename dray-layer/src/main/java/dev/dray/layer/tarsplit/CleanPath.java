package dev.dray.layer.tarsplit;

import java.util.ArrayDeque;
import java.util.Deque;

/// The shortest name of a path, as Go's `filepath.Clean` writes it: two entries of one clean name are duplicates for
/// tar-split.
final class CleanPath {
    private CleanPath() {}

    static String of(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> kept = new ArrayDeque<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            add(path.substring(start, end), rooted, kept);
            start = end + 1;
        }
        String clean = String.join("/", kept);
        if (rooted) {
            return "/" + clean;
        }
        return clean.isEmpty() ? "." : clean;
    }

    private static void add(String element, boolean rooted, Deque<String> kept) {
        switch (element) {
            case "", "." -> {}
            case ".." -> {
                if (!kept.isEmpty() && !kept.getLast().equals("..")) {
                    kept.removeLast();
                } else if (!rooted) {
                    kept.addLast(element);
                }
            }
            default -> kept.addLast(element);
        }
    }
}
