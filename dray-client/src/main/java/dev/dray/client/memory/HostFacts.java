package dev.dray.client.memory;

import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of one registry. Every part may have become false, and whoever uses one goes on without it then.
///
/// @param scheme `http` for a loopback host that did not speak TLS
/// @param challenged how it wants to be shown who asks
/// @param dray until when it counts as a Dray registry; empty when it is none
/// @param strictness by the type of the manifest, each with its expiry
/// @param tags what tags of it pointed to when they were last seen, by `repository:tag`, longest ago first
/// @param tokens not expired when they were written
public record HostFacts(
        Optional<String> scheme,
        Optional<Challenged> challenged,
        Optional<Instant> dray,
        Map<MediaType, Expiring> strictness,
        Map<String, Digest> tags,
        List<SavedToken> tokens) {
    private static final Duration DRAY_FOR = Duration.ofDays(7);
    private static final Duration STRICT_FOR = Duration.ofDays(30);
    private static final Duration LAX_FOR = Duration.ofDays(1);
    private static final int MOST_TAGS = 500;
    private static final int MOST_TOKENS = 20;

    /// A strictness, and until when it is believed.
    public record Expiring(Strictness strictness, Instant until) {}

    public HostFacts {
        strictness = Map.copyOf(strictness);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        tokens = List.copyOf(tokens);
    }

    /// Nothing.
    public static HostFacts none() {
        return new HostFacts(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), List.of());
    }

    public HostFacts withScheme(Optional<String> known) {
        return new HostFacts(known, challenged, dray, strictness, tags, tokens);
    }

    public HostFacts withChallenged(Challenged known) {
        return new HostFacts(scheme, Optional.of(known), dray, strictness, tags, tokens);
    }

    public boolean isDray(Instant now) {
        return dray.filter(now::isBefore).isPresent();
    }

    public HostFacts withDray(boolean known, Instant now) {
        Optional<Instant> until = known ? Optional.of(now.plus(DRAY_FOR)) : Optional.empty();
        return new HostFacts(scheme, challenged, until, strictness, tags, tokens);
    }

    /// A Dray registry is strict.
    public Strictness strictness(MediaType manifests, Instant now) {
        if (isDray(now)) {
            return Strictness.STRICT;
        }
        Expiring known = strictness.get(manifests);
        return known == null || !now.isBefore(known.until()) ? Strictness.UNPROVEN : known.strictness();
    }

    /// Laxity is forgotten sooner: a registry that was repaired is soon asked the short way again.
    public HostFacts withStrictness(MediaType manifests, Strictness known, Instant now) {
        Map<MediaType, Expiring> more = new LinkedHashMap<>(strictness);
        switch (known) {
            case STRICT -> more.put(manifests, new Expiring(known, now.plus(STRICT_FOR)));
            case LAX -> more.put(manifests, new Expiring(known, now.plus(LAX_FOR)));
            case UNPROVEN -> more.remove(manifests);
        }
        return new HostFacts(scheme, challenged, dray, more, tags, tokens);
    }

    /// @param name `repository:tag`
    public HostFacts withTag(String name, Digest digest) {
        Map<String, Digest> more = new LinkedHashMap<>(tags);
        more.remove(name);
        more.put(name, digest);
        while (more.size() > MOST_TAGS) {
            more.remove(more.keySet().iterator().next());
        }
        return new HostFacts(scheme, challenged, dray, strictness, more, tokens);
    }

    public HostFacts withToken(SavedToken token, Instant now) {
        List<SavedToken> more = new ArrayList<>(tokens);
        more.removeIf(held -> !now.isBefore(held.expires())
                || (held.holder().equals(token.holder()) && held.scopes().equals(token.scopes())));
        more.add(token);
        List<SavedToken> latest = more.subList(Math.max(0, more.size() - MOST_TOKENS), more.size());
        return new HostFacts(scheme, challenged, dray, strictness, tags, latest);
    }

    public HostFacts withoutToken(String value) {
        List<SavedToken> fewer =
                tokens.stream().filter(token -> !token.value().equals(value)).toList();
        return new HostFacts(scheme, challenged, dray, strictness, tags, fewer);
    }

    public HostFacts withoutTokens() {
        return new HostFacts(scheme, challenged, dray, strictness, tags, List.of());
    }
}
