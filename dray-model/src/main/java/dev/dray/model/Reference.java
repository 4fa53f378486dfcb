package dev.dray.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an image, normalised as Docker normalises it: `ubuntu` is `docker.io/library/ubuntu:latest`.
///
/// The first component is a host when it has a dot or a colon, is `localhost`, or has an upper-case letter; otherwise
/// the host is `docker.io`, whose one-component names live in `library/`. Without tag and digest the tag is `latest`.
public record Reference(String host, RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {
    /// Docker Hub's name. Its registry answers at another host, which the client resolves.
    public static final String DOCKER_HUB = "docker.io";

    static final String HOST = "(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)"
            + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[0-9a-fA-F:.]+\\])(?::[0-9]{1,5})?";
    private static final Pattern HOST_SYNTAX = Pattern.compile(HOST);

    public Reference {
        if (!isHostSyntax(host) || host.length() > 255) {
            throw invalid(host, "\"%s\" is not a host[:port]".formatted(Quote.shorten(host)));
        }
        if (host.equals("index.docker.io")) {
            host = DOCKER_HUB;
        }
    }

    /// Parses `[host/]repository[:tag][@digest]`.
    ///
    /// @throws DrayException of kind INVALID when a part is malformed
    public static Reference parse(String text) {
        if (text.isEmpty()) {
            throw invalid(text, "it is empty");
        }
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<Tag> tag = Optional.empty();
        int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
        if (colon >= 0) {
            tag = Optional.of(new Tag(rest.substring(colon + 1)));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        String host = isHost(first) ? first : DOCKER_HUB;
        String path = isHost(first) ? rest.substring(slash + 1) : rest;
        if (host.equals(DOCKER_HUB) || host.equals("index.docker.io")) {
            path = path.contains("/") ? path : "library/" + path;
        }
        if (!RepositoryName.isValid(path)) {
            throw invalid(
                    text,
                    path.chars().anyMatch(Character::isUpperCase)
                            ? "repository names are lower case"
                            : "\"%s\" is not a repository name".formatted(Quote.shorten(path)));
        }
        if (tag.isEmpty() && digest.isEmpty()) {
            tag = Optional.of(Tag.LATEST);
        }
        return new Reference(host, RepositoryName.parse(path), tag, digest);
    }

    /// True when the first component of a name is a host: it has a dot, a colon or an upper-case letter, or is
    /// `localhost`.
    public static boolean isHost(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || first.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
    }

    /// True when `text` is written as a host, with or without a port.
    static boolean isHostSyntax(String text) {
        return HOST_SYNTAX.matcher(text).matches();
    }

    /// The repository with its host, as an engine's store names it: `docker.io/library/ubuntu`.
    public RepositoryName fullName() {
        return repository.withHost(host);
    }

    /// This reference, as a name to give to an image.
    ///
    /// @throws DrayException of kind INVALID when it has a digest, which cannot be given
    public Reference requireName() {
        if (digest.isPresent()) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "\"%s\" is a digest: a name ends in a tag".formatted(this));
        }
        return this;
    }

    public Reference withTag(Tag other) {
        return new Reference(host, repository, Optional.of(other), Optional.empty());
    }

    public Reference withDigest(Digest other) {
        return new Reference(host, repository, Optional.empty(), Optional.of(other));
    }

    /// The selector for a registry: the digest when there is one, otherwise the tag.
    public String selector() {
        return digest.map(Digest::toString).or(() -> tag.map(Tag::value)).orElseThrow();
    }

    /// The short form that users type: without Docker Hub's host and `library/`, but with the tag.
    public String familiar() {
        String path = repository.value();
        String name = !host.equals(DOCKER_HUB)
                ? host + "/" + path
                : path.startsWith("library/") && path.indexOf('/', 8) < 0 ? path.substring(8) : path;
        return name + suffix();
    }

    private String suffix() {
        return tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
    }

    private static DrayException invalid(String text, String why) {
        return new DrayException(
                DrayException.Kind.INVALID, "invalid reference \"" + Quote.shorten(text) + "\": " + why);
    }

    /// The full form: `docker.io/library/ubuntu:latest`.
    @Override
    public String toString() {
        return host + "/" + repository + suffix();
    }
}
