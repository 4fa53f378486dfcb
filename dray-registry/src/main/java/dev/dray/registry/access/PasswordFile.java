package dev.dray.registry.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The users of an htpasswd file and their bcrypt hashes.
///
/// Accepts only bcrypt (`$2y$`, `$2a$`, `$2b$`): the other hashes that Apache knows are broken in seconds. Skips empty
/// lines and lines that start with `#`.
///
/// @param hashes by user
public record PasswordFile(Map<String, String> hashes) {
    private static final int LARGEST = 8 << 20;
    private static final int COSTLIEST = 17;
    private static final int CHEAPEST = 4;
    private static final int USUAL_COST = 10;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

    public PasswordFile {
        hashes = Map.copyOf(hashes);
    }

    /// @throws DrayException of kind INVALID, naming the line
    public static PasswordFile parse(String text) {
        if (text.length() > LARGEST) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "it is larger than the limit of %d characters".formatted(LARGEST));
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, i + 1, hashes);
            }
        }
        return new PasswordFile(hashes);
    }

    /// One line of such a file, as `htpasswd -nB` prints it.
    public static String entry(String user, String password) {
        return user + ":" + BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(USUAL_COST, password.toCharArray());
    }

    private static void add(String line, int number, Map<String, String> hashes) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw invalid(number, "it is not of the form user:hash");
        }
        String user = line.substring(0, colon);
        if (user.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw invalid(number, "the user name has control characters");
        }
        String hash = line.substring(colon + 1);
        Matcher matcher = BCRYPT.matcher(hash);
        if (!matcher.matches()) {
            throw invalid(
                    number,
                    "the hash of \"%s\" is not bcrypt, make one with htpasswd -nB".formatted(Quote.shorten(user)));
        }
        int cost = Integer.parseInt(matcher.group(1));
        if (cost < CHEAPEST || cost > COSTLIEST) {
            throw invalid(
                    number,
                    "the hash of \"%s\" has cost %d, from %d to %d are taken"
                            .formatted(Quote.shorten(user), cost, CHEAPEST, COSTLIEST));
        }
        if (hashes.put(user, hash) != null) {
            throw invalid(number, "\"%s\" is there twice".formatted(Quote.shorten(user)));
        }
    }

    private static DrayException invalid(int line, String why) {
        return new DrayException(DrayException.Kind.INVALID, "line %d: %s".formatted(line, why));
    }

    Optional<String> hash(String user) {
        return Optional.ofNullable(hashes.get(user));
    }

    /// The cost of a hash.
    static int cost(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    /// The greatest cost of any hash here: what a stranger's password is made to cost, so that he
    /// cannot tell by the time whether a user exists.
    int cost() {
        return hashes.values().stream().mapToInt(PasswordFile::cost).max().orElse(USUAL_COST);
    }

    /// The names of the users; shows no hash.
    @Override
    public String toString() {
        return "users " + hashes.keySet();
    }
}
