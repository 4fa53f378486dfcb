package dev.dray.http;

import java.util.Objects;
import java.util.Optional;

/// The settings of a server, from [#listen]; the `with` methods change them.
public record HttpSettings(
        ListenAddress address, Optional<TlsFiles> tls, Limits limits, AccessLog accessLog, ErrorListener errors) {

    public HttpSettings {
        Objects.requireNonNull(address);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(accessLog);
        Objects.requireNonNull(errors);
    }

    /// Cleartext on `address` with [Limits#DEFAULT], without an access log; failures go to the system logger
    /// `dev.dray.http`.
    public static HttpSettings listen(ListenAddress address) {
        System.Logger logger = System.getLogger("dev.dray.http");
        return new HttpSettings(
                address,
                Optional.empty(),
                Limits.DEFAULT,
                AccessLog.none(),
                (what, failure) -> logger.log(System.Logger.Level.ERROR, what, failure));
    }

    public HttpSettings withTls(TlsFiles files) {
        return new HttpSettings(address, Optional.of(files), limits, accessLog, errors);
    }

    public HttpSettings withLimits(Limits limits) {
        return new HttpSettings(address, tls, limits, accessLog, errors);
    }

    public HttpSettings withAccessLog(AccessLog accessLog) {
        return new HttpSettings(address, tls, limits, accessLog, errors);
    }

    public HttpSettings withErrors(ErrorListener errors) {
        return new HttpSettings(address, tls, limits, accessLog, errors);
    }
}
