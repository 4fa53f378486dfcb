package dev.dray.client.transport;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/// Explains to users why no reply came.
public final class Unreachable {
    private Unreachable() {}

    /// @param attempted the operation: `put manifest 1.0`
    public static DrayException of(IOException failure, String host, String attempted) {
        if (failure instanceof ShortBodyException) {
            return new DrayException(
                    DrayException.Kind.CORRUPT, "cannot %s: %s".formatted(attempted, failure.getMessage()), failure);
        }
        if (failure instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            return new DrayException(DrayException.Kind.CANCELLED, attempted + " was interrupted", failure);
        }
        return new DrayException(
                        DrayException.Kind.UNAVAILABLE,
                        "cannot %s: %s: %s".formatted(attempted, host, why(failure)),
                        failure)
                .advising(advice(failure));
    }

    private static String why(IOException failure) {
        return switch (failure) {
            case UnknownHostException e -> "there is no such host";
            case ConnectException e -> "nothing answers there";
            case SocketTimeoutException e -> "it did not answer in time";
            case SSLException e -> isUntrusted(e) ? "its certificate is not trusted" : "it does not speak TLS properly";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    private static String advice(IOException failure) {
        return switch (failure) {
            case SSLException e ->
                isUntrusted(e)
                        ? "put its authority's certificate into /etc/docker/certs.d/<host>/ca.crt"
                        : "when it speaks plain HTTP only, say so with --plain-http";
            case UnknownHostException e -> "check the name of the registry";
            default -> "check that the registry runs and can be reached";
        };
    }

    private static boolean isUntrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
