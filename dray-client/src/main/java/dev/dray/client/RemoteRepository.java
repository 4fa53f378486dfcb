package dev.dray.client;

import dev.dray.client.push.TransferListener;
import dev.dray.model.Content;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.ImageSink;
import dev.dray.model.ImageSource;
import dev.dray.model.Manifest;
import dev.dray.model.ManifestSelector;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One repository of one registry, as a place that images come from and go to.
///
/// Thread safe; lives as long as its [RegistryClient]. To push whole images use [RegistryClient#push], which asks
/// less.
public final class RemoteRepository implements ImageSource, ImageSink {
    private RemoteRepository() {}

    /// As references write it: `docker.io`.
    public String host() {
        return pending();
    }

    public RepositoryName name() {
        return pending();
    }

    /// The same repository, whose downloads and uploads tell `listener` how they go.
    public RemoteRepository reportingTo(TransferListener listener) {
        return pending();
    }

    /// The manifest; its bytes were checked against the digest asked for, or the one that the registry named.
    @Override
    public Manifest manifest(ManifestSelector selector) throws IOException {
        return pending();
    }

    /// Asks for a manifest without its bytes; empty when it is not there.
    public Optional<Descriptor> head(ManifestSelector selector) throws IOException {
        return pending();
    }

    /// The content of a blob; nothing is sent before it is opened. A stream opened at 0 checks size and digest and
    /// fails at its end, with a DrayException of kind CORRUPT, when they differ: bytes count only when the end was
    /// reached. A broken download is resumed where it stopped.
    @Override
    public Content blob(Descriptor descriptor) {
        return pending();
    }

    @Override
    public Set<Digest> missing(Collection<Descriptor> blobs) throws IOException {
        return pending();
    }

    @Override
    public void putBlob(Descriptor descriptor, Content content) throws IOException {
        pending();
    }

    @Override
    public void putManifest(Manifest manifest, Optional<Tag> tag) throws IOException {
        pending();
    }

    /// All tags, in the registry's order.
    public List<Tag> tags() throws IOException {
        return pending();
    }

    /// Deletes a tag, or a manifest with all its tags.
    public void delete(ManifestSelector selector) throws IOException {
        pending();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // gone when the bodies arrive
    private static <T> T pending() {
        throw new UnsupportedOperationException("not connected yet");
    }
}
