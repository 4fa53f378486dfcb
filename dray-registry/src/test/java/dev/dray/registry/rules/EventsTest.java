package dev.dray.registry.rules;

import static dev.dray.registry.http.Calls.manifest;
import static dev.dray.registry.http.Calls.uploads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.access.Caller;
import dev.dray.registry.http.Calls;
import dev.dray.registry.server.EmbeddedRegistry;
import dev.dray.store.fixture.TestStores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EventsTest {
    @Test
    void listenerHearsWhatHappenedInOrder() {
        List<RegistryEvent> events = new CopyOnWriteArrayList<>();
        RepositoryName one = RepositoryName.parse("one");
        RepositoryName two = RepositoryName.parse("two");
        RawBytes blob = RawBytes.utf8("blob");
        RawBytes index = RawBytes.utf8("{\"schemaVersion\":2,\"manifests\":[]}");
        Digest digest = blob.sha256();
        try (EmbeddedRegistry registry = EmbeddedRegistry.configure()
                .withStoreOptions(TestStores.options())
                .withListener(events::add)
                .start()) {
            Calls calls = Calls.to(registry.uri());
            calls.push("one", blob);
            calls.post(uploads("two") + "?mount=" + digest + "&from=one").expect(201);
            calls.post(uploads("two") + "?mount=" + index.sha256() + "&from=one")
                    .expect(202);
            calls.putManifest("two", "v1", MediaType.OCI_INDEX, index).expect(201);
            calls.delete(manifest("two", "v1")).expect(202);
        }
        Caller nobody = Caller.ANONYMOUS;
        assertThat(events)
                .containsExactly(
                        new RegistryEvent.BlobUploaded(nobody, one, digest, blob.size()),
                        new RegistryEvent.BlobMounted(nobody, two, digest, one, blob.size()),
                        new RegistryEvent.MountDeclined(nobody, two, index.sha256(), Optional.of(one)),
                        new RegistryEvent.ManifestPut(
                                nobody, two, index.sha256(), MediaType.OCI_INDEX, List.of(new Tag("v1"))),
                        new RegistryEvent.ManifestDeleted(nobody, two, ManifestSelector.of(new Tag("v1"))));
    }
}
