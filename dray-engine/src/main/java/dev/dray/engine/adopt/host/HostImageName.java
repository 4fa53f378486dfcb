package dev.dray.engine.adopt.host;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an image of another engine: `docker-daemon:IMAGE`, `containers-storage:IMAGE`, the latter also
/// with its place, `containers-storage:[overlay@/root+/run]IMAGE`, as skopeo writes it.
///
/// @param root where the store is, when the name says it
/// @param image a name or the beginning of an ID
public record HostImageName(HostEngine engine, Optional<Path> root, String image) {
    private static final Pattern LOCATION = Pattern.compile("\\[(?:[a-z0-9]+@)?(/[^+:\\]]*)(?:\\+[^\\]]*)?\\](.*)");

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
        Matcher location = LOCATION.matcher(rest);
        if (engine == HostEngine.CONTAINERS && location.matches()) {
            try {
                root = Optional.of(Path.of(location.group(1)));
            } catch (InvalidPathException e) {
                throw invalid(text);
            }
            image = location.group(2);
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
    /// @param wanted the store to look in when the name has none
    public HostStore store(Optional<Path> wanted, HostStores stores) throws IOException {
        Optional<Path> location = root.or(() -> wanted);
        return location.isPresent() ? HostStores.open(engine, location.get()) : stores.find(engine);
    }

    @Override
    public String toString() {
        return engine.prefix() + root.map(path -> "[" + path + "]").orElse("") + image;
    }
}
