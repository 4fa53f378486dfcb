package dev.dray.layer.recipe;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.util.List;

/// The recipe of a gzip blob: rebuilds it from its plain bytes, byte for byte.
///
/// Immutable. [#toBytes] and [#parse] are its stored form, which checks itself.
///
/// @param digest of the blob
/// @param size of the blob
/// @param plainSize plain bytes of all members
/// @param trailing what follows the last member
/// @param segments without gaps from 0 to `size`
public record GzipRecipe(
        Digest digest, long size, long plainSize, List<RecipeMember> members, RawBytes trailing, List<Segment> segments)
        implements BlobRecipe {
    public GzipRecipe {
        members = List.copyOf(members);
        segments = List.copyOf(segments);
    }

    @Override
    public RawBytes toBytes() {
        return RecipeWriter.write(this);
    }

    /// Reads the stored form.
    ///
    /// @throws dev.dray.model.DrayException of kind CORRUPT when a bit is wrong, UNSUPPORTED when it is of a
    ///     newer version or of another kind
    public static GzipRecipe parse(RawBytes stored) {
        return RecipeReader.read(stored);
    }

    /// The encoder that the first member begins with.
    public EncoderId encoder() {
        return members.getFirst().runs().getFirst().encoder();
    }
}
