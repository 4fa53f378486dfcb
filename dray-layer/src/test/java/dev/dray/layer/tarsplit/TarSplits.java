package dev.dray.layer.tarsplit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Makes and reads tar-splits in memory.
final class TarSplits {
    private TarSplits() {}

    static byte[] export(byte[] tar) {
        return export(tar, 10_000);
    }

    static byte[] export(byte[] tar, int chunk) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (TarSplitExporter exporter = new TarSplitExporter(out)) {
                for (int at = 0; at < tar.length; at += chunk) {
                    exporter.write(tar, at, Math.min(chunk, tar.length - at));
                }
                exporter.finish();
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gunzip(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] plain) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(plain);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(byte[] gzip) {
        return new String(gunzip(gzip), StandardCharsets.UTF_8).lines().toList();
    }

    static List<TarSplitEntry> entries(byte[] gzip) {
        try {
            TarSplitReader reader = new TarSplitReader(new ByteArrayInputStream(gunzip(gzip)));
            List<TarSplitEntry> entries = new ArrayList<>();
            for (Optional<TarSplitEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
