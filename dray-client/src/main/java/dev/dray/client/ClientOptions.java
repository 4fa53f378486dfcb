package dev.dray.client;

import dev.dray.client.credentials.CredentialSource;
import dev.dray.client.memory.HostMemory;
import dev.dray.client.push.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The settings of a [RegistryClient]. Start from [#defaults], or from [#builder] to change some.
///
/// @param credentials asked for a host only when that host demands credentials
/// @param provenance guides pushes and learns from them
/// @param memory what was learnt of registries in earlier commands, and tokens that still serve
/// @param plainHttp hosts (`host[:port]`) spoken to without TLS; `*` is every host. Loopback hosts need no entry: they
///     are tried by TLS first and by plain HTTP when they do not speak it
/// @param mirrors hosts (`host[:port]`) that are asked for manifests and blobs before the registry itself, in
///     this order
/// @param trustedRealms hosts of token servers that may receive credentials although they are in another domain than
///     the registry that names them
/// @param certificates folder of `<host[:port]>/*.crt` files with further authorities, in docker's layout
/// @param environment source of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`
/// @param timeout longest silence of a registry, while connecting, sending or waiting, before a call fails
/// @param retries most repetitions of a request after 429, 5xx or a broken connection
/// @param backoff pause before the first repetition, doubled each time, unless the registry names one
/// @param parallelTransfers most concurrent blob transfers of one push
/// @param userAgent sent with every request
public record ClientOptions(
        CredentialSource credentials,
        Provenance provenance,
        HostMemory memory,
        Set<String> plainHttp,
        List<String> mirrors,
        Set<String> trustedRealms,
        Path certificates,
        Map<String, String> environment,
        Duration timeout,
        int retries,
        Duration backoff,
        int parallelTransfers,
        String userAgent) {
    public ClientOptions {
        plainHttp = Set.copyOf(plainHttp);
        mirrors = List.copyOf(mirrors);
        trustedRealms = Set.copyOf(trustedRealms);
        environment = Map.copyOf(environment);
        if (parallelTransfers < 1) {
            throw new IllegalArgumentException("parallelTransfers " + parallelTransfers);
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries " + retries);
        }
    }

    /// Anonymous, with an in-memory provenance, docker's certificate folder, the process's environment, a timeout
    /// of one minute, four repetitions, and five concurrent transfers.
    public static ClientOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Builds options. Not thread safe.
    public static final class Builder {
        private CredentialSource credentials = CredentialSource.anonymous();
        private Provenance provenance = Provenance.inMemory();
        private HostMemory memory = HostMemory.inMemory();
        private Set<String> plainHttp = Set.of();
        private List<String> mirrors = List.of();
        private Set<String> trustedRealms = Set.of();
        private Path certificates = Path.of("/etc/docker/certs.d");
        private Map<String, String> environment = System.getenv();
        private Duration timeout = Duration.ofMinutes(1);
        private int retries = 4;
        private Duration backoff = Duration.ofMillis(500);
        private int parallelTransfers = 5;
        private String userAgent = "dray";

        private Builder() {}

        public Builder credentials(CredentialSource value) {
            credentials = value;
            return this;
        }

        public Builder provenance(Provenance value) {
            provenance = value;
            return this;
        }

        public Builder memory(HostMemory value) {
            memory = value;
            return this;
        }

        /// @param hosts `host[:port]`, or `*` for every host
        public Builder plainHttp(Set<String> hosts) {
            plainHttp = hosts;
            return this;
        }

        /// @param hosts `host[:port]`
        public Builder mirrors(List<String> hosts) {
            mirrors = hosts;
            return this;
        }

        public Builder trustedRealms(Set<String> hosts) {
            trustedRealms = hosts;
            return this;
        }

        public Builder certificates(Path folder) {
            certificates = folder;
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        public Builder timeout(Duration longestSilence) {
            timeout = longestSilence;
            return this;
        }

        public Builder retries(int times, Duration firstPause) {
            retries = times;
            backoff = firstPause;
            return this;
        }

        public Builder parallelTransfers(int most) {
            parallelTransfers = most;
            return this;
        }

        public Builder userAgent(String value) {
            userAgent = value;
            return this;
        }

        public ClientOptions build() {
            return new ClientOptions(
                    credentials,
                    provenance,
                    memory,
                    plainHttp,
                    mirrors,
                    trustedRealms,
                    certificates,
                    environment,
                    timeout,
                    retries,
                    backoff,
                    parallelTransfers,
                    userAgent);
        }
    }
}
