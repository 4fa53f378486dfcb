package dev.dray.model;

/// Makes a stranger's text fit for a message: short, on one line, without control characters.
public final class Quote {
    private static final int LONGEST = 100;

    private Quote() {}

    public static String shorten(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
        text.codePoints().limit(LONGEST).forEach(c -> quoted.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return text.length() > LONGEST ? quoted.append("...").toString() : quoted.toString();
    }
}
