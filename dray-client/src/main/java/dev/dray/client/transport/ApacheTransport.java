package dev.dray.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// HTTP/1.1 by Apache HttpClient: a pool of kept-alive connections per host. Apache's own redirects, retries and
/// authentication are off, since Dray's client decides about them. Thread safe.
public final class ApacheTransport implements Transport, AutoCloseable {
    /// The reply to an upload may take this many times longer: registries assemble a large blob before they answer.
    private static final int REGISTRY_ASSEMBLES = 10;

    /// How often, in bytes, an upload checks for an early refusal.
    private static final long EARLY_REPLY_CHECK = 1 << 20;

    private final CloseableHttpClient client;
    private final StallWatch stalls;
    private final RequestConfig uploads;
    private final ConnectionBytes connectionBytes = new ConnectionBytes();

    private ApacheTransport(CloseableHttpClient client, StallWatch stalls, RequestConfig uploads) {
        this.client = client;
        this.stalls = stalls;
        this.uploads = uploads;
    }

    public static ApacheTransport open(TransportOptions options) {
        Timeout silence = Timeout.of(options.timeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(options.connectionsPerHost())
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(
                                new MonitoringResponseOutOfOrderStrategy(EARLY_REPLY_CHECK, Long.MAX_VALUE))
                        .build())
                .setTlsSocketStrategy(new HostTrust(options.certificates()))
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(silence)
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(silence)
                        .setSocketTimeout(silence)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
        CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(new EnvironmentProxies(options.environment()))
                .setUserAgent(options.userAgent())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .setDefaultRequestConfig(waiting(silence))
                .build();
        Timeout assembling = Timeout.of(options.timeout().multipliedBy(REGISTRY_ASSEMBLES));
        return new ApacheTransport(client, new StallWatch(options.timeout()), waiting(assembling));
    }

    private static RequestConfig waiting(Timeout response) {
        return RequestConfig.custom()
                .setResponseTimeout(response)
                .setConnectionRequestTimeout(Timeout.ofDays(1))
                .setAuthenticationEnabled(false)
                .build();
    }

    @Override
    public HttpReply execute(HttpRequest request) throws IOException {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(message::setHeader);
        if (!request.repeatable()) {
            message.setConfig(uploads);
        }
        Optional<SentBody> body = request.body().map(content -> body(request, content, message));
        body.ifPresent(message::setEntity);
        HttpClientContext context = HttpClientContext.create();
        request.meter().request(request.method(), request.purpose());
        try {
            ClassicHttpResponse response = client.executeOpen(host(request), message, context);
            return reply(request, message, response, () -> settle(context, request.meter()));
        } catch (IOException e) {
            settle(context, request.meter());
            throw body.isPresent() && body.get().isStalled() ? stalled(e) : e;
        }
    }

    private static HttpHost host(HttpRequest request) {
        return new HttpHost(
                request.uri().getScheme(),
                request.uri().getHost(),
                request.uri().getPort());
    }

    private SentBody body(HttpRequest request, RequestBody content, HttpUriRequestBase message) {
        String type = request.headers().get("Content-Type");
        return new SentBody(
                content,
                request.meter(),
                type == null ? null : ContentType.parseLenient(type),
                stalls,
                message::cancel);
    }

    private static SocketTimeoutException stalled(IOException cause) {
        SocketTimeoutException stalled = new SocketTimeoutException("the other side stopped taking bytes");
        stalled.initCause(cause);
        return stalled;
    }

    private void settle(HttpClientContext context, TrafficMeter meter) {
        EndpointDetails connection = context.getEndpointDetails();
        if (connection != null) {
            connectionBytes.settle(connection, meter);
        }
    }

    private static HttpReply reply(
            HttpRequest request, HttpUriRequestBase message, ClassicHttpResponse response, Runnable settle)
            throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        HttpEntity entity = response.getEntity();
        settle.run();
        if (entity == null || entity.getContentLength() == 0) {
            EntityUtils.consumeQuietly(entity); // its end gives the connection back at once
            response.close();
            return new HttpReply(request, response.getCode(), headers, InputStream.nullInputStream(), () -> {});
        }
        ReplyBody body = new ReplyBody(entity.getContent());
        Closeable connection = () -> {
            if (!body.reachEnd()) {
                message.cancel();
            }
            try (response) {
                settle.run();
            } catch (IOException e) {
                // The connection was given up; what closing it says does not matter.
            }
        };
        return new HttpReply(request, response.getCode(), headers, body, connection);
    }

    @Override
    public void close() {
        stalls.close();
        client.close(CloseMode.IMMEDIATE);
    }
}
