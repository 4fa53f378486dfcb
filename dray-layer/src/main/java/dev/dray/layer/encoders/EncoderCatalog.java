package dev.dray.layer.encoders;

import dev.dray.layer.deflate.StreamFeatures;
import dev.dray.layer.deflate.zlib.ZlibEncoders;
import dev.dray.layer.deflate.zlib.ZlibFamily;
import dev.dray.layer.gzip.GzipHeader;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.DrayException;
import java.util.Comparator;
import java.util.List;

/// All encoders that Dray can run. Closed and immutable; thread safe.
public final class EncoderCatalog {
    private final List<EncoderFamily> families;

    public EncoderCatalog(List<EncoderFamily> families) {
        this.families = List.copyOf(families);
    }

    /// The catalog of this version of Dray.
    public static EncoderCatalog standard() {
        return new EncoderCatalog(List.of(
                new GoFamily(),
                new PgzipFamily(),
                new KlauspostFamily(),
                new ZlibStreamFamily(ZlibFamily.ZLIB),
                new ZlibStreamFamily(ZlibFamily.GNU_GZIP),
                new ZlibStreamFamily(ZlibFamily.NODE_18),
                new ZlibStreamFamily(ZlibFamily.NODE_12),
                new PigzFamily(ZlibFamily.PIGZ),
                new PigzFamily(ZlibFamily.PIGZ_SINGLE)));
    }

    /// The encoders that a stream may come from, likeliest first: across families, those with a usual memory
    /// level and without `rsyncable` come before the others.
    public List<EncoderId> candidates(GzipHeader header, StreamFeatures features) {
        return families.stream()
                .flatMap(family -> family.candidates(header, features).stream())
                .sorted(Comparator.comparing(EncoderCatalog::rare))
                .toList();
    }

    private static boolean rare(EncoderId id) {
        return id.parameters().rsyncable() || id.parameters().memoryLevel() > ZlibEncoders.MEMORY_LEVEL;
    }

    /// Encoders to try from where `id` ceases to fit.
    public List<EncoderId> siblings(EncoderId id) {
        return families.stream()
                .filter(family -> family.name().equals(id.family()))
                .flatMap(family -> family.siblings(id).stream())
                .toList();
    }

    /// The encoder so called.
    ///
    /// @throws DrayException of kind UNSUPPORTED when it is not in this catalog
    public Encoding encoding(EncoderId id) {
        return families.stream()
                .filter(family -> family.name().equals(id.family()))
                .flatMap(family -> family.encoding(id).stream())
                .findFirst()
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.UNSUPPORTED,
                        "unknown encoder \"%s\" revision %d: use a newer Dray".formatted(id, id.revision())));
    }
}
