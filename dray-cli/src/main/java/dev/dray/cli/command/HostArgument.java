package dev.dray.cli.command;

import dev.dray.model.DrayException;
import dev.dray.model.Reference;

/// Parses the registry argument of `login` and `logout`: `HOST[:PORT]`, as in names of images. Strips a scheme and a
/// path, which docker's users often write for Docker Hub.
public final class HostArgument {
    private HostArgument() {}

    /// @throws DrayException of kind INVALID when no image name would refer to that host: a password must not go to
    ///     Docker Hub because a port was forgotten
    public static String parse(String text) {
        String host = text.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        Reference reference = Reference.parse(host + "/name");
        boolean hub = host.equals(Reference.DOCKER_HUB) || host.equals("index.docker.io");
        if (reference.host().equals(Reference.DOCKER_HUB) && !hub) {
            throw new DrayException(
                            DrayException.Kind.INVALID,
                            "\"%s\" is not a registry's host: names that begin with it refer to docker.io"
                                    .formatted(host))
                    .advising("write the host with its domain or port, as in %s:5000".formatted(host));
        }
        return reference.host();
    }
}
