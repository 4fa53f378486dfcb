package dev.dray.layer.rebuild;

import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.recipe.Segment;
import dev.dray.model.ByteSource;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// Gives a blob back that is its plain bytes, each piece of it checked before it leaves.
final class PlainRebuilder {
    private static final int BUFFER = 256 << 10;

    private PlainRebuilder() {}

    static void rebuild(PlainRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        DigestGate gate = new DigestGate(recipe.digest(), recipe.size(), out);
        pass(recipe, recipe.segments(0, recipe.size()), plain, gate);
        gate.finish();
    }

    static void rebuild(PlainRecipe recipe, ByteSource plain, long offset, long length, OutputStream out)
            throws IOException {
        RangeOutput.check(offset, length, recipe.size());
        List<Segment> needed = length == 0 ? List.of() : recipe.segments(offset, offset + length);
        if (!needed.isEmpty()) {
            long before = offset - needed.getFirst().offset();
            pass(recipe, needed, plain, new RangeOutput(before, length, out));
        }
    }

    private static void pass(PlainRecipe recipe, List<Segment> segments, ByteSource plain, OutputStream out)
            throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        SegmentSink sink = new SegmentSink(segments, out);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = plain.open(segments.getFirst().offset())) {
            while (!sink.full()) {
                int read = in.read(buffer);
                if (read < 0) {
                    throw damaged(recipe, sink.offset());
                }
                sink.write(buffer, 0, read);
            }
        } catch (MismatchException e) {
            throw damaged(recipe, e.offset());
        }
    }

    private static DrayException damaged(PlainRecipe recipe, long offset) {
        return new DrayException(
                        DrayException.Kind.CORRUPT,
                        "cannot give the blob back from byte %d on: its plain bytes or its recipe are damaged"
                                .formatted(offset))
                .about(recipe.digest());
    }
}
