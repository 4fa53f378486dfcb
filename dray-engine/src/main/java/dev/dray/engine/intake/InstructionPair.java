package dev.dray.engine.intake;

import dev.dray.model.DrayException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A key and its value, as `ENV` and `LABEL` instructions of a Dockerfile give them: `KEY=VALUE ...` with quotes and
/// backslashes as a shell has them, or in the old form `KEY VALUE`, where all that follows the key is the value.
record InstructionPair(String key, String value) {
    /// @param invalid creates the failure for a reason
    static List<InstructionPair> parseAll(String text, Function<String, DrayException> invalid) {
        String[] old = text.split("\\s+", 2);
        if (!old[0].contains("=")) {
            if (old.length < 2) {
                throw invalid.apply("it is not of the form KEY=VALUE");
            }
            return List.of(new InstructionPair(old[0], old[1]));
        }
        List<InstructionPair> pairs = new ArrayList<>();
        for (String word : words(text, invalid)) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw invalid.apply("\"%s\" is not of the form KEY=VALUE".formatted(word));
            }
            pairs.add(new InstructionPair(word.substring(0, equals), word.substring(equals + 1)));
        }
        return pairs;
    }

    /// The words of a line, quotes and backslashes taken off.
    private static List<String> words(String line, Function<String, DrayException> invalid) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
                inWord = true;
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote != 0 ? 0 : c;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw invalid.apply("a quote is not closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
