package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import java.util.List;

/// An image by name, not looked into yet.
///
/// @param id digest of the config
/// @param names fully written
public record HostEntry(Digest id, List<Reference> names) {
    public HostEntry {
        names = List.copyOf(names);
    }

    /// Whether `text` may stand for this image: one of its names, with `localhost/` added or not, or the
    /// beginning of its ID.
    boolean isMeantBy(String text) {
        String hex = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        if (hex.matches("[0-9a-f]{6,64}") && id.hex().startsWith(hex)) {
            return true;
        }
        return isNamed(text) || isNamed("localhost/" + text);
    }

    private boolean isNamed(String text) {
        try {
            return names.contains(Reference.parse(text));
        } catch (DrayException malformed) {
            return false;
        }
    }
}
