package dev.dray.engine.layers;

import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.time.Duration;
import java.util.Optional;

/// The findings about one blob.
///
/// @param source the name that it was asked for by
/// @param mediaType by its manifest, or by its first bytes
/// @param encoder that compressed it; empty when it is not compressed, or the encoder is not known
/// @param recipeBytes length of the compression recipe, 0 where there is none
/// @param tarRecipeBytes length of the tar recipe
/// @param contentReferences how many contents the tar recipe names, repetitions counted
/// @param reason why it is verbatim, for people; otherwise empty
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
