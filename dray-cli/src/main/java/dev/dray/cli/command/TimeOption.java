package dev.dray.cli.command;

import dev.dray.model.DrayException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses a duration: a number and its unit, `90m`, `36h`, `7d`; `0` is none.
public final class TimeOption {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd])");

    private TimeOption() {}

    public static Duration parse(String text) {
        Matcher matcher = TIME.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!matcher.matches()) {
            throw new DrayException(DrayException.Kind.INVALID, "invalid length of time \"%s\"".formatted(text))
                    .advising("write a number and its unit, as in 90m, 36h, 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return Duration.of(
                number,
                switch (matcher.group(2)) {
                    case "s" -> ChronoUnit.SECONDS;
                    case "m" -> ChronoUnit.MINUTES;
                    case "h" -> ChronoUnit.HOURS;
                    default -> ChronoUnit.DAYS;
                });
    }
}
