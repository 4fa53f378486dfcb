package dev.dray.client;

import dev.dray.client.memory.Strictness;
import dev.dray.client.push.PushTarget;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.MediaType;
import java.time.Instant;
import java.util.Optional;

/// What is remembered of a registry, as a push to one of its repositories asks for it.
record HostKnowledge(RegistryHost host, RepositoryName repository) implements PushTarget.Knowledge {
    @Override
    public boolean isDray() {
        return host.isDray();
    }

    @Override
    public Strictness strictness(MediaType manifests) {
        return host.facts().strictness(manifests, Instant.now());
    }

    @Override
    public void learn(MediaType manifests, Strictness shown) {
        host.learn(facts -> facts.withStrictness(manifests, shown, Instant.now()));
    }

    @Override
    public Optional<Digest> tag(Tag tag) {
        return Optional.ofNullable(host.facts().tags().get(name(tag)));
    }

    @Override
    public void noteTag(Tag tag, Digest digest) {
        host.learn(facts -> facts.withTag(name(tag), digest));
    }

    private String name(Tag tag) {
        return repository + ":" + tag;
    }
}
