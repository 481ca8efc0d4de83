package dev.devopspack.adapter.http;

import java.net.http.HttpClient;
import java.time.Duration;

/// The client of all calls that the server makes to systems in its configuration.
///
/// It follows no redirect: an address in the configuration is the only one that is called. It is
/// made when first used, because reading the certificates of the Java machine is felt at the start,
/// and most servers call nobody.
public final class Outgoing {

    /// Who does not answer the door for so long is down. Each request has its own limit besides.
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Outgoing() {}

    /// The one client, for use by many threads.
    public static HttpClient http() {
        return Made.CLIENT;
    }

    private static final class Made {
        static final HttpClient CLIENT =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }
}
