package dev.dray.layer.tar.recipe;

import dev.dray.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;

/// Writes a recipe operation by operation, and joins a header with what it announces.
///
/// Holds at most one block of operations ([RecipeFormat#FULL_BLOCK]). Not thread safe; does not close its stream.
public final class TarRecipeWriter {
    private static final HeaderCoder.Coded NO_HEADER = new HeaderCoder.Coded(0, '0', -1);

    private final BlockWriter out;
    private final EnumMap<Column, ColumnWriter> columns = new EnumMap<>(Column.class);
    private final ColumnWriter shapes;
    private final ColumnWriter lengths;
    private final ColumnWriter literals;
    private final HeaderCoder coder = new HeaderCoder();
    private final Shapes known = new Shapes();
    private int operations;

    private boolean pendingHeader;
    private HeaderCoder.Coded header = NO_HEADER;
    private Body body = Body.NONE;
    private long bodySize;
    private long zeros;

    private long headers;
    private long references;
    private long referencedBytes;

    /// The bytes behind the pending header so far.
    private enum Body {
        NONE,
        REFERENCE,
        LITERAL
    }

    public TarRecipeWriter(OutputStream out) throws IOException {
        this.out = new BlockWriter(out);
        for (Column column : Column.ALL) {
            columns.put(column, new ColumnWriter());
        }
        shapes = Column.SHAPE.of(columns);
        lengths = Column.LENGTH.of(columns);
        literals = Column.LITERAL.of(columns);
    }

    /// A header block.
    public void header(byte[] block) throws IOException {
        flushPending();
        header = coder.write(block, columns);
        headers++;
        pendingHeader = true;
    }

    /// A content that the sink has taken.
    public void reference(byte[] hash, long size) throws IOException {
        boolean announced = pendingHeader && body == Body.NONE && header.size() == size;
        if (!announced) {
            flushPending();
        }
        out.reference(hash);
        references++;
        referencedBytes += size;
        if (announced) {
            await(Body.REFERENCE, size);
        } else {
            operation(Operation.REFERENCE);
            lengths.putVarint(size);
        }
    }

    /// Bytes as they are.
    ///
    /// @param length from 1 to [RecipeFormat#LARGEST_LITERAL]
    public void literal(byte[] bytes, int offset, int length) throws IOException {
        boolean announced = pendingHeader && body == Body.NONE && header.size() == length;
        if (!announced) {
            flushPending();
        }
        literals.put(bytes, offset, length);
        if (announced) {
            await(Body.LITERAL, length);
        } else {
            operation(Operation.LITERAL);
            lengths.putVarint(length);
        }
    }

    /// A run of zero bytes.
    public void zeros(long count) throws IOException {
        if (pendingHeader && body != Body.NONE && count == TarBlock.padding(bodySize)) {
            join();
        } else {
            if (pendingHeader) {
                flushPending();
            }
            zeros += count;
        }
    }

    private void await(Body kind, long size) throws IOException {
        body = kind;
        bodySize = size;
        if (TarBlock.padding(size) == 0) {
            join();
        }
    }

    /// Writes the pending header together with its body.
    private void join() {
        operation(body == Body.REFERENCE ? Operation.HEADER_REFERENCE : Operation.HEADER_LITERAL);
        pendingHeader = false;
        body = Body.NONE;
    }

    /// Writes what is pending, each for itself.
    private void flushPending() throws IOException {
        if (pendingHeader) {
            operation(Operation.HEADER);
            pendingHeader = false;
            if (body != Body.NONE) {
                operation(body == Body.REFERENCE ? Operation.REFERENCE : Operation.LITERAL);
                lengths.putVarint(bodySize);
                body = Body.NONE;
            }
        }
        if (zeros > 0) {
            operation(Operation.ZEROS);
            lengths.putVarint(zeros);
            zeros = 0;
        }
        if (out.isFull(columns)) {
            flush();
        }
    }

    private void operation(Operation operation) {
        int shape = operation.code();
        if (operation == Operation.HEADER
                || operation == Operation.HEADER_REFERENCE
                || operation == Operation.HEADER_LITERAL) {
            shape |= (header.type() << HeaderCoder.BITS | header.bits()) << Operation.BITS;
        }
        known.write(shape, shapes);
        operations++;
    }

    private void flush() throws IOException {
        out.block(operations, columns);
        operations = 0;
    }

    /// Ends the recipe.
    public TarSummary finish(Digest diffId, long size) throws IOException {
        flushPending();
        flush();
        TarSummary summary = new TarSummary(diffId, size, headers, references, referencedBytes);
        out.end(summary);
        return summary;
    }
}
