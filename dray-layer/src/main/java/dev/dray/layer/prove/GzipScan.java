package dev.dray.layer.prove;

import dev.dray.layer.deflate.BlockStart;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.encoders.BlockTable;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.gzip.GzipLayout;
import dev.dray.layer.gzip.GzipListener;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.gzip.GzipReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// The structure of a gzip blob: its layout, and of each member the marks of its encoder and the beginnings of its
/// blocks. Immutable.
public final class GzipScan {
    private final GzipLayout layout;
    private final List<Stream> streams;

    private GzipScan(GzipLayout layout, List<Stream> streams) {
        this.layout = layout;
        this.streams = List.copyOf(streams);
    }

    /// One member's deflate stream.
    record Stream(StreamFeatures features, BlockTable blocks) {}

    /// Reads all of `blob` and writes its plain bytes to `plain`; both stay open.
    ///
    /// @throws dev.dray.model.DrayException as [GzipReader#read]
    public static GzipScan read(InputStream blob, OutputStream plain, InflateLimits limits) throws IOException {
        Listener listener = new Listener();
        GzipLayout layout = new GzipReader(listener, limits).read(blob, plain);
        return new GzipScan(layout, listener.streams);
    }

    public GzipLayout layout() {
        return layout;
    }

    /// The marks of a member's encoder.
    public StreamFeatures features(int member) {
        return streams.get(member).features();
    }

    BlockTable blocks(int member) {
        return streams.get(member).blocks();
    }

    private static final class Listener implements GzipListener {
        final List<Stream> streams = new ArrayList<>();
        private StreamFeatures.Collector collector = new StreamFeatures.Collector();
        private BlockTable blocks = new BlockTable();

        @Override
        public void memberStarted(GzipHeader header) {
            collector = new StreamFeatures.Collector();
            blocks = new BlockTable();
        }

        @Override
        public boolean blockStarted(BlockStart start) {
            blocks.add(start);
            return collector.blockStarted(start);
        }

        @Override
        public void tokens(int[] tokens, int count) {
            collector.tokens(tokens, count);
        }

        @Override
        public void blockEnded(long plainOffset) {
            collector.blockEnded(plainOffset);
        }

        @Override
        public void memberEnded(GzipMember member) {
            streams.add(new Stream(collector.features(), blocks));
        }
    }
}
