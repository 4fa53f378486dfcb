package dev.dray.client.push;

import dev.dray.model.RepositoryName;
import java.util.List;

/// Images for one repository of one registry, pushed together so that shared content is queried and sent once.
///
/// @param host as references write it: `docker.io`, `localhost:5000`
/// @param repository its path on that host
/// @param images in any order; the same image may occur twice with different tags
public record PushRequest(String host, RepositoryName repository, List<PushImage> images) {
    public PushRequest {
        images = List.copyOf(images);
    }
}
