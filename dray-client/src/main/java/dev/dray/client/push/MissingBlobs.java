package dev.dray.client.push;

import dev.dray.client.transport.OciError;
import dev.dray.client.transport.RegistryException;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Extracts from the refusal of a manifest the contents that the registry lacks.
///
/// Registries put the digests into `detail` or into the message, bare or in a sentence, and use several codes; so every
/// digest in any entry counts if the manifest itself references it. A refusal without digests yields nothing.
final class MissingBlobs {
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}(?![0-9a-f])|sha512:[0-9a-f]{128}(?![0-9a-f])");
    private static final Set<String> CARRIERS =
            Set.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN", "MANIFEST_INVALID");

    private MissingBlobs() {}

    static Set<Digest> in(RegistryException refused, Manifest manifest) {
        Set<Digest> named = new LinkedHashSet<>();
        for (Descriptor descriptor : PushGraph.named(manifest)) {
            named.add(descriptor.digest());
        }
        Set<Digest> missing = new LinkedHashSet<>();
        for (OciError error : refused.errors()) {
            if (CARRIERS.contains(error.code())) {
                Matcher matcher = DIGEST.matcher(error.detail() + " " + error.message());
                while (matcher.find()) {
                    Digest digest = Digest.parse(matcher.group());
                    if (named.contains(digest)) {
                        missing.add(digest);
                    }
                }
            }
        }
        return missing;
    }
}
