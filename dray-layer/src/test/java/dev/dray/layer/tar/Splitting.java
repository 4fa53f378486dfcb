package dev.dray.layer.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A stream that was split in memory and can be put together again.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Splitting(byte[] stream, byte[] recipe, MemoryContents contents, TarSummary summary) {

    /// Splits in writes of `chunk` bytes.
    static Splitting of(byte[] stream, int chunk) {
        try {
            MemoryContents contents = new MemoryContents();
            ByteArrayOutputStream recipe = new ByteArrayOutputStream();
            try (TarSplitter splitter = new TarSplitter(contents, recipe)) {
                for (int at = 0; at < stream.length; at += chunk) {
                    splitter.write(stream, at, Math.min(chunk, stream.length - at));
                }
                TarSummary summary = splitter.finish();
                return new Splitting(stream, recipe.toByteArray(), contents, summary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Splitting of(byte[] stream) {
        return of(stream, 100_000);
    }

    byte[] rebuild() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TarAssembler.assemble(new ByteArrayInputStream(recipe), contents, out, Long.MAX_VALUE);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fails when the stream does not come back.
    Splitting verify() {
        assertThat(rebuild()).isEqualTo(stream);
        assertThat(summary.diffId()).isEqualTo(Digest.sha256(stream));
        assertThat(summary.size()).isEqualTo(stream.length);
        return this;
    }
}
