package dev.dray.engine.layers;

import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.time.Duration;
import java.util.Optional;

/// What was found out about one blob.
///
/// @param source the name that it was asked for by
/// @param mediaType what its manifest says, or what its first bytes look like
/// @param encoder which compressor made it; empty for one that is not compressed or not known
/// @param recipeBytes length of the compression recipe, 0 where it was not made
/// @param tarRecipeBytes length of the tar recipe
/// @param contentReferences how many contents the tar recipe names, repetitions counted
/// @param reason why it is verbatim, for people; else empty
public record LayerReport(
        String source,
        Digest digest,
        long size,
        MediaType mediaType,
        Optional<EncoderId> encoder,
        LayerOutcome outcome,
        long recipeBytes,
        long tarRecipeBytes,
        long contentReferences,
        Duration time,
        String reason) {}
