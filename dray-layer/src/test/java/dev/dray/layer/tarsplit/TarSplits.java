package dev.dray.layer.tarsplit;

import dev.dray.model.RawBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// Assembles an archive again, its files cut out of itself.
    static byte[] assemble(byte[] tarSplit, byte[] archive) {
        Map<RawBytes, byte[]> files = files(tarSplit, archive);
        NamedFiles named = name -> {
            byte[] data = files.get(name);
            if (data == null) {
                throw new FileNotFoundException(name.toString());
            }
            return new ByteArrayInputStream(data);
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TarSplitAssembler.assemble(new ByteArrayInputStream(tarSplit), named, out, archive.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The data of the entries, cut out of the archive where the tar-split says it is.
    private static Map<RawBytes, byte[]> files(byte[] tarSplit, byte[] archive) {
        Map<RawBytes, byte[]> files = new HashMap<>();
        int at = 0;
        for (TarSplitEntry entry : TarSplits.entries(tarSplit)) {
            switch (entry) {
                case TarSplitEntry.Segment(RawBytes bytes) -> at += bytes.size();
                case TarSplitEntry.File(RawBytes name, long size, long crc) -> {
                    files.put(name, Arrays.copyOfRange(archive, at, at + (int) size));
                    at += (int) size;
                }
            }
        }
        return files;
    }
}
