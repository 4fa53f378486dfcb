package dev.dray.cli.command;

import dev.dray.model.DrayException;
import dev.dray.model.Reference;

/// Reads the registry that `login` and `logout` are about: `HOST[:PORT]` as names of images begin with it. A scheme and
/// a path, as docker's users are used to write them for Docker Hub, are taken off.
public final class HostArgument {
    private HostArgument() {}

    /// @throws DrayException of kind INVALID when no name of an image would be looked for at that host: a password must
    ///     not go to Docker Hub because a port was forgotten
    public static String parse(String text) {
        String host = text.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        Reference reference = Reference.parse(host + "/name");
        boolean hub = host.equals(Reference.DOCKER_HUB) || host.equals("index.docker.io");
        if (reference.host().equals(Reference.DOCKER_HUB) && !hub) {
            throw new DrayException(
                            DrayException.Kind.INVALID,
                            "\"%s\" is not a registry's host: names that begin with it are looked for on docker.io"
                                    .formatted(host))
                    .advising("write the host with its domain or port, as in %s:5000".formatted(host));
        }
        return reference.host();
    }
}
