package dev.dray.layer.tar.recipe;

import dev.dray.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Optional;
import java.util.Queue;

/// Reads a tar recipe piece by piece: what to write, and which contents it needs.
///
/// Nothing of a block is given before the block's checksum was seen to match. Works in bounded memory whatever the
/// recipe says. Not thread safe; does not close its stream, which should be buffered.
public final class TarRecipeReader {
    private final BlockReader blocks;
    private final HeaderCoder coder = new HeaderCoder();
    private final Shapes shapes = new Shapes();
    private final Queue<TarPiece> pieces = new ArrayDeque<>();

    private EnumMap<Column, ColumnReader> columns = new EnumMap<>(Column.class);
    private ColumnReader hashes = new ColumnReader(new byte[0]);
    private long operations;
    private Optional<TarSummary> summary = Optional.empty();

    private long size;
    private long headers;
    private long references;
    private long referencedBytes;

    /// Reads the head of a recipe.
    ///
    /// @throws DrayException of kind CORRUPT when it is no recipe, UNSUPPORTED when its version is not known
    public TarRecipeReader(InputStream recipe) throws IOException {
        blocks = new BlockReader(recipe);
    }

    /// The next piece, empty behind the last.
    ///
    /// @throws DrayException of kind CORRUPT when the recipe is damaged or contradicts itself
    public Optional<TarPiece> next() throws IOException {
        while (pieces.isEmpty() && summary.isEmpty()) {
            if (operations == 0) {
                nextBlock();
            } else {
                operations--;
                operation();
            }
        }
        return Optional.ofNullable(pieces.poll());
    }

    /// The next content that the recipe names, empty behind the last; what stands before it is passed over.
    ///
    /// @throws DrayException as [#next]
    public Optional<TarPiece.Reference> nextReference() throws IOException {
        for (Optional<TarPiece> piece = next(); piece.isPresent(); piece = next()) {
            if (piece.get() instanceof TarPiece.Reference reference) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    /// The summary of the whole stream; empty until [#next] was.
    public Optional<TarSummary> summary() {
        return pieces.isEmpty() ? summary : Optional.empty();
    }

    private void nextBlock() throws IOException {
        if (!hashes.isAtEnd() || columns.values().stream().anyMatch(column -> !column.isAtEnd())) {
            throw RecipeFormat.corrupt("a block holds more than it uses");
        }
        BlockReader.Next next = blocks.next();
        next.block().ifPresent(block -> {
            operations = block.operations();
            columns = block.columns();
            hashes = block.hashes();
        });
        next.end().ifPresent(end -> {
            if (!end.equals(new TarSummary(end.diffId(), size, headers, references, referencedBytes))) {
                throw RecipeFormat.corrupt("its pieces are not what its end says");
            }
            summary = next.end();
        });
    }

    private void operation() {
        int shape = shapes.read(Column.SHAPE.of(columns));
        Operation operation = Operation.of(shape & (1 << Operation.BITS) - 1);
        switch (operation) {
            case HEADER -> header(shape);
            case HEADER_REFERENCE -> {
                long announced = header(shape);
                reference(announced);
                zeros(TarBlock.padding(announced));
            }
            case HEADER_LITERAL -> {
                long announced = header(shape);
                literal(announced);
                zeros(TarBlock.padding(announced));
            }
            case LITERAL -> literal(Column.LENGTH.of(columns).nextCount());
            case ZEROS -> zeros(Column.LENGTH.of(columns).nextCount());
            case REFERENCE -> reference(Column.LENGTH.of(columns).nextCount());
        }
    }

    private long header(int shape) {
        byte[] block = new byte[TarBlock.SIZE];
        int told = shape >>> Operation.BITS;
        char type = (char) (told >>> HeaderCoder.BITS & 0xff);
        long announced = coder.read(told & (1 << HeaderCoder.BITS) - 1, type, columns, block);
        headers++;
        add(new TarPiece.Literal(block));
        return announced;
    }

    private void literal(long length) {
        if (length > RecipeFormat.LARGEST_LITERAL) {
            throw RecipeFormat.corrupt("a literal is too long");
        }
        add(new TarPiece.Literal(Column.LITERAL.of(columns).next(length)));
    }

    private void zeros(long count) {
        if (count > 0) {
            add(new TarPiece.Zeros(count));
        }
    }

    private void reference(long length) {
        if (length <= 0) {
            throw RecipeFormat.corrupt("a content has no bytes");
        }
        Digest digest = Digest.of(Digest.Algorithm.SHA256, hashes.next(RecipeFormat.HASH));
        references++;
        referencedBytes += length;
        add(new TarPiece.Reference(digest, length));
    }

    private void add(TarPiece piece) {
        if (piece.size() > Long.MAX_VALUE - size) {
            throw RecipeFormat.corrupt("it is for a stream longer than any");
        }
        size += piece.size();
        pieces.add(piece);
    }
}
