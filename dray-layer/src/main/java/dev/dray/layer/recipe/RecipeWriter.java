package dev.dray.layer.recipe;

import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.recipe.EncoderId.Parameters;
import dev.dray.layer.recipe.Segment.Restart;
import dev.dray.model.RawBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Writes the body of a recipe in version 1 of its format.
///
/// ```
/// size plainSize sha256     numbers are LEB128, signed ones zigzag
/// encoders                  count, each: family era revision level blockSize dictionarySize memoryLevel options
/// headers                   count, each: length bytes
/// members                   count, each: header deflateLength plainLength trailer(8) runs(count, each: offset encoder)
/// trailing                  length, then 1 when all are zeros, else 0 and the bytes
/// segments                  count, each: length restart(0 | 1 member | 2 member plain state bitWidth|carry) hash(8)
/// ```
final class RecipeWriter {
    static final int CONTINUED = 0;
    static final int AT_MEMBER = 1;
    static final int INSIDE = 2;
    static final int SPELLED = 0;
    static final int ZEROS = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RecipeWriter() {}

    static RawBytes write(GzipRecipe recipe) {
        RecipeWriter writer = new RecipeWriter();
        writer.recipe(recipe);
        return RecipeEnvelope.seal(RecipeEnvelope.GZIP, writer.out.toByteArray());
    }

    private void recipe(GzipRecipe recipe) {
        number(recipe.size());
        number(recipe.plainSize());
        out.writeBytes(recipe.digest().toByteArray());
        Map<EncoderId, Integer> encoders = new LinkedHashMap<>();
        Map<RawBytes, Integer> headers = new LinkedHashMap<>();
        for (RecipeMember member : recipe.members()) {
            headers.putIfAbsent(member.header(), headers.size());
            member.runs().forEach(run -> encoders.putIfAbsent(run.encoder(), encoders.size()));
        }
        number(encoders.size());
        encoders.keySet().forEach(this::encoder);
        number(headers.size());
        headers.keySet().forEach(this::bytes);
        number(recipe.members().size());
        recipe.members().forEach(member -> member(member, headers, encoders));
        trailing(recipe.trailing());
        number(recipe.segments().size());
        recipe.segments().forEach(this::segment);
    }

    private void encoder(EncoderId encoder) {
        text(encoder.family());
        text(encoder.era());
        number(encoder.revision());
        Parameters parameters = encoder.parameters();
        signed(parameters.level());
        number(parameters.blockSize());
        number(parameters.dictionarySize());
        number(parameters.memoryLevel());
        number(parameters.rsyncable() ? 1 : 0);
    }

    private void member(RecipeMember member, Map<RawBytes, Integer> headers, Map<EncoderId, Integer> encoders) {
        number(position(headers, member.header()));
        number(member.deflateLength());
        number(member.plainLength());
        out.writeBytes(member.trailer().toByteArray());
        number(member.runs().size());
        for (EncoderRun run : member.runs()) {
            number(run.plainOffset());
            number(position(encoders, run.encoder()));
        }
    }

    private static <K> int position(Map<K, Integer> positions, K key) {
        return Objects.requireNonNull(positions.get(key));
    }

    private void trailing(RawBytes trailing) {
        byte[] bytes = trailing.toByteArray();
        number(bytes.length);
        if (bytes.length > 0 && Arrays.equals(bytes, new byte[bytes.length])) {
            number(ZEROS);
        } else {
            number(SPELLED);
            out.writeBytes(bytes);
        }
    }

    private void segment(Segment segment) {
        number(segment.length());
        switch (segment.restart()) {
            case Restart.Continued() -> number(CONTINUED);
            case Restart.Member(int member) -> {
                number(AT_MEMBER);
                number(member);
            }
            case Restart.Inside(int member, Checkpoint checkpoint) -> {
                number(INSIDE);
                number(member);
                number(checkpoint.plainPosition());
                number(checkpoint.state());
                out.write(checkpoint.carryWidth());
                out.write(checkpoint.carry());
            }
        }
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(segment.hash()).array());
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    private void text(String text) {
        bytes(RawBytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void bytes(RawBytes bytes) {
        number(bytes.size());
        out.writeBytes(bytes.toByteArray());
    }
}
