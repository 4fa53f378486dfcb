package dev.dray.engine.adopt.host;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people write for an image of another engine: `docker-daemon:IMAGE`, `containers-storage:IMAGE`, the latter also
/// with its place, `containers-storage:[overlay@/root+/run]IMAGE`, as skopeo writes it.
///
/// @param root where the store is, when the name says it
/// @param image a name or the beginning of an ID
public record HostImageName(HostEngine engine, Optional<Path> root, String image) {
    private static final Pattern PLACE = Pattern.compile("\\[(?:[a-z0-9]+@)?(/[^+:\\]]*)(?:\\+[^\\]]*)?\\](.*)");

    /// Whether a text is such a name.
    public static boolean isOne(String text) {
        for (HostEngine engine : HostEngine.values()) {
            if (text.startsWith(engine.prefix())) {
                return true;
            }
        }
        return false;
    }

    /// @throws DrayException of kind INVALID when it is malformed
    public static HostImageName parse(String text) {
        for (HostEngine engine : HostEngine.values()) {
            if (text.startsWith(engine.prefix())) {
                return parse(engine, text.substring(engine.prefix().length()), text);
            }
        }
        throw invalid(text);
    }

    private static HostImageName parse(HostEngine engine, String rest, String text) {
        Optional<Path> root = Optional.empty();
        String image = rest;
        Matcher place = PLACE.matcher(rest);
        if (engine == HostEngine.CONTAINERS && place.matches()) {
            try {
                root = Optional.of(Path.of(place.group(1)));
            } catch (InvalidPathException e) {
                throw invalid(text);
            }
            image = place.group(2);
        }
        image = image.startsWith("@") ? image.substring(1) : image;
        if (image.isEmpty() || image.startsWith("[") || image.startsWith("@")) {
            throw invalid(text);
        }
        return new HostImageName(engine, root, image);
    }

    private static DrayException invalid(String text) {
        return new DrayException(
                DrayException.Kind.INVALID,
                "\"%s\" is neither docker-daemon:IMAGE nor containers-storage:IMAGE".formatted(text));
    }

    /// Opens the store that it is in.
    ///
    /// @param wanted where to look when the name does not say it
    public HostStore store(Optional<Path> wanted, HostStores stores) throws IOException {
        Optional<Path> place = root.or(() -> wanted);
        return place.isPresent() ? HostStores.open(engine, place.get()) : stores.find(engine);
    }

    @Override
    public String toString() {
        return engine.prefix() + root.map(path -> "[" + path + "]").orElse("") + image;
    }
}
