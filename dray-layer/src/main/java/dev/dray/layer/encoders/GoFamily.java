package dev.dray.layer.encoders;

import dev.dray.layer.deflate.DeflateAlphabet;
import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.go.GoDeflate;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.EncoderId.Parameters;
import java.util.List;
import java.util.Optional;

/// Go's `compress/gzip` up to Go 1.26: docker, BuildKit, containerd (level 6), ko, crane and kaniko (level 1).
///
/// Marks: no match shorter than four bytes, blocks of at most 16,384 tokens (65,535 at level 1), a last empty
/// stored block. Go writes level 9 and 1 into its header; the system is 255.
public final class GoFamily implements EncoderFamily {
    static final String NAME = "go";
    private static final String ERA = "1.8";
    private static final int REVISION = 1;
    private static final int BLOCK_TOKENS = 16_384;

    public static EncoderId id(int level) {
        return new EncoderId(NAME, ERA, REVISION, Parameters.level(level));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        if (features.threes() > 0 || !features.syncMarkers().isEmpty()) {
            return List.of();
        }
        List<Integer> order = switch (header.effort()) {
            case 2 -> List.of(9, 8, 6, 7, 5, 4, 3, 2, 1, 0, GoDeflate.HUFFMAN_ONLY);
            case 4 -> List.of(1, 6, 9, 5, 4, 3, 2, 7, 8, 0, GoDeflate.HUFFMAN_ONLY);
            default -> List.of(6, 1, 5, 9, 4, 3, 2, 7, 8, 0, GoDeflate.HUFFMAN_ONLY);
        };
        boolean chains = features.endsBlocksAtTokens(BLOCK_TOKENS);
        boolean chunks = features.endsBlocksAtMultiplesOf(DeflateAlphabet.MAX_STORED);
        return order.stream()
                .filter(level -> level >= 2 ? chains : chunks)
                .map(GoFamily::id)
                .toList();
    }

    private static List<EncoderId> levels(Integer... levels) {
        return List.of(levels).stream().map(GoFamily::id).toList();
    }

    @Override
    public List<EncoderId> siblings(EncoderId id) {
        return levels(6, 9, 5, 4, 7, 8).stream()
                .filter(sibling -> !sibling.equals(id))
                .toList();
    }

    @Override
    public Optional<Encoding> encoding(EncoderId id) {
        int level = id.parameters().level();
        if (level < GoDeflate.HUFFMAN_ONLY || level > 9 || !id.equals(id(level))) {
            return Optional.empty();
        }
        if (!GoDeflate.resumable(level)) {
            return Optional.of(new Encoding.Streamed(sink -> GoDeflate.encoder(level, sink)));
        }
        return Optional.of(new Encoding.Resumable(
                sink -> GoDeflate.encoder(level, sink),
                (from, before, sink) -> GoDeflate.resume(level, from, before, sink),
                GoDeflate.DICTIONARY,
                GoDeflate.CHECKPOINT_MARGIN));
    }
}
