package dev.dray.client.auth;

import dev.dray.model.DrayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One authentication challenge of a host (`WWW-Authenticate`, RFC 9110, section 11.6.1).
///
/// @param scheme in lower case: `basic`, `bearer`
/// @param parameters by name in lower case
record Challenge(String scheme, Map<String, String> parameters) {
    static final int LONGEST = 16 << 10;
    static final int MOST = 32;

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// Reads all challenges of a reply.
    ///
    /// @param headers the values of its `WWW-Authenticate` headers
    /// @throws DrayException of kind INVALID when one is malformed or too long
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            if (header.length() > LONGEST) {
                throw malformed("it is longer than " + LONGEST + " characters");
            }
            new Scanner(header).readInto(challenges);
        }
        return List.copyOf(challenges);
    }

    private static DrayException malformed(String why) {
        return new DrayException(
                DrayException.Kind.INVALID, "the registry's WWW-Authenticate header is malformed: " + why);
    }

    /// One pass over one header value.
    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> challenges) {
            skipSeparators();
            while (at < text.length()) {
                if (challenges.size() >= MOST) {
                    throw malformed("it has more than " + MOST + " challenges");
                }
                String scheme = token();
                Map<String, String> parameters = new LinkedHashMap<>();
                if (at < text.length() && text.charAt(at) == ' ') {
                    skipSpaces();
                    parameters(parameters);
                }
                challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
                if (at < text.length() && text.charAt(at) != ',') {
                    throw malformed("unexpected character at " + at);
                }
                skipSeparators();
            }
        }

        /// Parameters until the end, or until a word that no `=` follows: the next challenge.
        private void parameters(Map<String, String> parameters) {
            while (at < text.length()) {
                int start = at;
                if (text.charAt(at) == ',') {
                    skipSeparators();
                    continue;
                }
                String name = token();
                skipSpaces();
                if (at >= text.length() || text.charAt(at) != '=') {
                    if (parameters.isEmpty() && (at >= text.length() || text.charAt(at) == ',')) {
                        return; // a token68, which no scheme handled here has
                    }
                    at = beforeComma(start);
                    return;
                }
                at++;
                skipSpaces();
                if (at >= text.length() || text.charAt(at) == ',' || text.charAt(at) == '=') {
                    skipPadding();
                    return;
                }
                add(parameters, name, text.charAt(at) == '"' ? quoted() : token());
                skipSpaces();
                if (at < text.length() && text.charAt(at) != ',') {
                    throw malformed("no comma behind the parameter \"" + name + "\"");
                }
            }
        }

        private static void add(Map<String, String> parameters, String name, String value) {
            if (parameters.size() >= MOST) {
                throw malformed("it has more than " + MOST + " parameters");
            }
            if (parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value) != null) {
                throw malformed("it repeats the parameter \"" + name + "\"");
            }
        }

        /// The comma that precedes the next challenge, which starts at `start`.
        private int beforeComma(int start) {
            int comma = text.lastIndexOf(',', start);
            if (comma < 0) {
                throw malformed("a word without a value");
            }
            return comma;
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw malformed("unexpected character at " + at);
            }
            return text.substring(start, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                }
                if (Character.isISOControl(c)) {
                    throw malformed("a control character");
                }
                value.append(c);
            }
            throw malformed("a quote is not closed");
        }

        private void skipPadding() {
            while (at < text.length() && text.charAt(at) == '=') {
                at++;
            }
        }

        private void skipSpaces() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private void skipSeparators() {
            while (at < text.length() && " \t,".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        /// RFC 9110's token characters, and those that token68 and careless servers have besides.
        private static boolean isTokenCharacter(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~/:".indexOf(c) >= 0;
        }
    }
}
