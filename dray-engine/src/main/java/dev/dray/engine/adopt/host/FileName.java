package dev.dray.engine.adopt.host;

import dev.dray.layer.tarsplit.LayerNames;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Names of files as the bytes that they are on disk: a layer's need not be in the encoding of this process.
public final class FileName {
    private static final String PLAIN = "._-+~";

    private FileName() {}

    /// The steps from a layer's folder to the file that an archive calls `name`, with `.` and `..` taken out as
    /// engines take them out.
    ///
    /// @throws DrayException of kind INVALID when it leaves the folder, or is none
    public static List<RawBytes> steps(RawBytes name) {
        List<RawBytes> steps = new ArrayList<>();
        byte[] bytes = name.toByteArray();
        int start = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '/') {
                step(Arrays.copyOfRange(bytes, start, at), steps, name);
                start = at + 1;
            }
        }
        if (steps.isEmpty()) {
            throw invalid(name, "names no file");
        }
        return steps;
    }

    private static void step(byte[] step, List<RawBytes> steps, RawBytes name) {
        if (step.length == 0 || (step.length == 1 && step[0] == '.')) {
            return;
        }
        if (step.length == 2 && step[0] == '.' && step[1] == '.') {
            if (steps.isEmpty()) {
                throw invalid(name, "leaves the layer's folder");
            }
            steps.removeLast();
            return;
        }
        for (byte b : step) {
            if (b == 0) {
                throw invalid(name, "holds a zero byte");
            }
        }
        steps.add(RawBytes.copyOf(step));
    }

    private static DrayException invalid(RawBytes name, String why) {
        return new DrayException(
                DrayException.Kind.INVALID,
                "the name \"%s\" in the tar-split of a layer %s".formatted(LayerNames.shown(name), why));
    }

    /// One step as a path of exactly these bytes. A path made of text would be encoded anew, or refused, where the
    /// process runs with another encoding.
    public static Path path(RawBytes step) {
        byte[] bytes = step.toByteArray();
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : bytes) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain || PLAIN.indexOf(b) >= 0) {
                uri.append((char) b);
            } else {
                uri.append("%%%02X".formatted(b & 0xff));
            }
        }
        return Objects.requireNonNull(Path.of(URI.create(uri.toString())).getFileName());
    }
}
