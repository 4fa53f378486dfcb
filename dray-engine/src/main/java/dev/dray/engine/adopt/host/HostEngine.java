package dev.dray.engine.adopt.host;

/// Whose store it is.
public enum HostEngine {
    /// Docker Engine with a graph driver.
    DOCKER("docker-daemon:", "docker"),
    /// podman, buildah, skopeo and CRI-O.
    CONTAINERS("containers-storage:", "containers/storage");

    private final String prefix;
    private final String label;

    HostEngine(String prefix, String label) {
        this.prefix = prefix;
        this.label = label;
    }

    /// The prefix of its images' names.
    public String prefix() {
        return prefix;
    }

    /// Its name for people.
    public String label() {
        return label;
    }
}
