package dev.dray.layer.tar;

import dev.dray.layer.tar.recipe.RecipeFormat;
import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarRecipeWriter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;

/// Splits a layer, written into it, into contents and a tar recipe.
///
/// Any bytes can be split, and [TarAssembler] gives the same bytes back. Knowledge of tar decides only how well
/// they are split: a block that is no header goes into the recipe as it is, and the next one is tried, so the splitter
/// recovers behind damage, trailing bytes and joined archives. Names play no part. Files of sparse formats
/// are contents as they are stored.
///
/// [#finish] must be called at the end; [#close] does not. Memory is bounded: about 1 MiB, whatever comes. Not thread
/// safe; does not close the recipe's stream.
public final class TarSplitter extends BulkOutputStream {
    /// Files up to this many bytes stand in the recipe. A reference is 32 bytes that do not compress,
    /// so on a Debian root the recipe is smallest with this limit.
    public static final int INLINE = 128;

    private static final int SPARSE_EXTENDED = 482;
    private static final int SPARSE_EXTENSION_EXTENDED = 504;
    private static final int COPY_BUFFER = 256 << 10;

    private final MessageDigest diffId = Digest.Algorithm.SHA256.hasher();
    private final TarRecipeWriter recipe;
    private final OpenContent content;
    private final RawRun raw;

    private final byte[] block = new byte[TarBlock.SIZE];
    private final byte[] literal = new byte[RecipeFormat.LARGEST_LITERAL];
    private int filled;
    private long size;
    private boolean finished;

    private State state = State.BLOCK;
    /// Bytes of data that are still to come, or of padding.
    private long left;
    private int padding;
    private char type;
    private long announced;
    private OptionalLong override = OptionalLong.empty();

    private enum State {
        /// A header is expected.
        BLOCK,
        /// A header of an entry that should have no data says it has some: the next block tells.
        DOUBTFUL,
        /// A block that continues the sparse map of GNU's old format.
        SPARSE_MAP,
        /// Data that goes to the sink.
        CONTENT,
        /// Data that goes into the recipe, at most a literal.
        LITERAL,
        /// Data that describes the next entry and is too long for a literal.
        RAW,
        /// Zeros that fill data up to whole blocks.
        PADDING
    }

    /// @param contents takes the contents
    /// @param recipe takes the recipe; nothing of it is of use before [#finish]
    public TarSplitter(ContentSink contents, OutputStream recipe) throws IOException {
        this.recipe = new TarRecipeWriter(recipe);
        this.content = new OpenContent(contents, this.recipe);
        this.raw = new RawRun(this.recipe, content);
    }

    /// Splits a whole stream; closes nothing.
    public static TarSummary split(InputStream stream, ContentSink contents, OutputStream recipe) throws IOException {
        try (TarSplitter splitter = new TarSplitter(contents, recipe)) {
            byte[] buffer = new byte[COPY_BUFFER];
            for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                splitter.write(buffer, 0, length);
            }
            return splitter.finish();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        diffId.update(bytes, offset, length);
        size += length;
        take(bytes, offset, length);
    }

    /// Whether data of an entry is still to come: a stream that ends here breaks off.
    public boolean isWithinEntry() {
        return switch (state) {
            case CONTENT, LITERAL, RAW -> true;
            case BLOCK, DOUBTFUL, SPARSE_MAP, PADDING -> false;
        };
    }

    /// Ends the stream, which may end anywhere, and the recipe.
    public TarSummary finish() throws IOException {
        if (finished) {
            throw new IllegalStateException("finished before");
        }
        finished = true;
        switch (state) {
            case BLOCK, DOUBTFUL, SPARSE_MAP -> raw.write(block, 0, filled);
            case CONTENT, RAW -> {}
            case LITERAL -> raw.write(literal, 0, filled);
            case PADDING -> pad(filled);
        }
        raw.end();
        return recipe.finish(Digest.of(Digest.Algorithm.SHA256, diffId.digest()), size);
    }

    private void take(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at += switch (state) {
                case BLOCK, DOUBTFUL, SPARSE_MAP -> takeBlock(bytes, at, end - at);
                case CONTENT, RAW -> takeData(bytes, at, end - at);
                case LITERAL -> takeLiteral(bytes, at, end - at);
                case PADDING -> takePadding(bytes, at, end - at);
            };
        }
    }

    private int takeBlock(byte[] bytes, int offset, int length) throws IOException {
        int count = Math.min(length, TarBlock.SIZE - filled);
        System.arraycopy(bytes, offset, block, filled, count);
        filled += count;
        if (filled == TarBlock.SIZE) {
            filled = 0;
            endBlock();
        }
        return count;
    }

    private void endBlock() throws IOException {
        if (state == State.SPARSE_MAP) {
            raw.write(block, 0, TarBlock.SIZE);
            if (block[SPARSE_EXTENSION_EXTENDED] == 0) {
                raw.end();
                data(announced);
            }
        } else if (TarBlock.isZero(block, TarBlock.SIZE)) {
            state = State.BLOCK;
            override = OptionalLong.empty();
            raw.zeros(block, TarBlock.SIZE);
        } else if (TarBlock.isHeader(block)) {
            raw.end();
            recipe.header(block);
            header();
        } else if (state == State.DOUBTFUL) {
            byte[] first = block.clone();
            data(announced);
            take(first, 0, first.length);
        } else {
            raw.write(block, 0, TarBlock.SIZE);
        }
    }

    private void header() throws IOException {
        type = TarBlock.type(block);
        announced = override.orElse(TarBlock.number(block, TarBlock.Field.SIZE).orElse(0));
        override = OptionalLong.empty();
        if (announced <= 0) {
            state = State.BLOCK;
        } else if (TarBlock.isHeaderOnly(type)) {
            state = State.DOUBTFUL;
        } else if (type == 'S' && block[SPARSE_EXTENDED] != 0) {
            state = State.SPARSE_MAP;
        } else {
            data(announced);
        }
    }

    /// Whether entries of this type describe the next one.
    private boolean isMeta() {
        return switch (type) {
            case 'x', 'X', 'g', 'L', 'K' -> true;
            default -> false;
        };
    }

    private void data(long length) throws IOException {
        left = length;
        padding = TarBlock.padding(length);
        if (length <= (isMeta() ? literal.length : INLINE)) {
            state = State.LITERAL;
        } else if (isMeta()) {
            state = State.RAW;
        } else {
            state = State.CONTENT;
        }
    }

    private int takeData(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(length, left);
        if (state == State.CONTENT) {
            if (!content.isOpen()) {
                content.begin();
            }
            content.write(bytes, offset, count);
        } else {
            raw.write(bytes, offset, count);
        }
        left -= count;
        if (left == 0) {
            if (state == State.CONTENT) {
                content.end();
            }
            endData();
        }
        return count;
    }

    private int takeLiteral(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(length, left);
        System.arraycopy(bytes, offset, literal, filled, count);
        filled += count;
        left -= count;
        if (left == 0) {
            if (type == 'x') {
                override = paxSize(Arrays.copyOf(literal, filled));
            }
            recipe.literal(literal, 0, filled);
            filled = 0;
            endData();
        }
        return count;
    }

    private static OptionalLong paxSize(byte[] records) {
        return PaxRecords.parse(records)
                .map(PaxRecords::values)
                .map(values -> values.get("size"))
                .map(PaxRecords::decimal)
                .orElse(OptionalLong.empty());
    }

    private void endData() {
        state = padding == 0 ? State.BLOCK : State.PADDING;
    }

    private int takePadding(byte[] bytes, int offset, int length) throws IOException {
        int count = Math.min(length, padding - filled);
        System.arraycopy(bytes, offset, block, filled, count);
        filled += count;
        if (filled == padding) {
            pad(padding);
            filled = 0;
            state = State.BLOCK;
        }
        return count;
    }

    private void pad(int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (TarBlock.isZero(block, length)) {
            raw.zeros(block, length);
        } else {
            raw.write(block, 0, length);
        }
    }
}
