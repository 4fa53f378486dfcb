package dev.dray.model;

/// Makes a stranger's text safe for a message or a terminal.
public final class Quote {
    private static final int LONGEST = 100;

    private Quote() {}

    /// The text without control characters, cut to 100 characters.
    public static String shorten(String text) {
        int end = text.codePointCount(0, text.length()) > LONGEST ? text.offsetByCodePoints(0, LONGEST) : text.length();
        String start = printable(text.substring(0, end));
        return end < text.length() ? start + "..." : start;
    }

    /// The text with `?` in place of control characters, line ends among them.
    public static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return line.toString();
    }
}
