package dev.dray.layer.tarsplit;

import dev.dray.model.RawBytes;
import java.nio.charset.StandardCharsets;

/// Names out of a stranger's archive, for messages.
public final class LayerNames {
    private static final int LONGEST = 200;

    private LayerNames() {}

    /// One line without control characters, cut where it is long.
    public static String shown(RawBytes name) {
        String text = new String(name.toByteArray(), StandardCharsets.UTF_8).replaceAll("\\p{C}", "?");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
