package dev.dray.model.image;

import dev.dray.model.DrayException;
import dev.dray.model.Quote;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The operating system and processor of an image.
///
/// Text form `os/architecture[/variant]`, the names of Go's `GOOS` and `GOARCH` (OCI image-spec, image-index.md).
public record Platform(String os, String architecture, Optional<String> variant) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Map<String, String> ARCHITECTURES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "armhf", "arm", "i386", "386");

    public Platform {
        if (!PART.matcher(os).matches()
                || !PART.matcher(architecture).matches()
                || !variant.map(v -> PART.matcher(v).matches()).orElse(true)) {
            throw invalid(os + "/" + architecture + variant.map(v -> "/" + v).orElse(""));
        }
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, Optional.empty());
    }

    /// Parses `os/architecture[/variant]`; accepts `x86_64` and `aarch64` too.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw invalid(text);
        }
        String architecture = parts[1].toLowerCase(Locale.ROOT);
        return new Platform(
                parts[0].toLowerCase(Locale.ROOT),
                ARCHITECTURES.getOrDefault(architecture, architecture),
                parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    /// Linux on the processor of this JVM: the platform on which images run, also on a Mac.
    public static Platform host() {
        String architecture = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return of("linux", ARCHITECTURES.getOrDefault(architecture, architecture));
    }

    /// True when an image for `offered` satisfies a request for this platform: same system and processor, and the
    /// same variant if this one has a variant. `arm64` and `arm64/v8` are the same.
    public boolean accepts(Platform offered) {
        return os.equals(offered.os)
                && architecture.equals(offered.architecture)
                && (variant.isEmpty() || effectiveVariant().equals(offered.effectiveVariant()));
    }

    private Optional<String> effectiveVariant() {
        return variant.isEmpty() && architecture.equals("arm64") ? Optional.of("v8") : variant;
    }

    private static DrayException invalid(String text) {
        return new DrayException(
                DrayException.Kind.INVALID,
                "invalid platform \"" + Quote.shorten(text) + "\": it is os/architecture[/variant], as in linux/amd64");
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
