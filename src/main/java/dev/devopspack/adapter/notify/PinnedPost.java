package dev.devopspack.adapter.notify;

import dev.devopspack.manager.notice.Courier.Sent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Posts to exactly the address that was looked at: the name is looked up once, every address it
/// has must be allowed, and the connection goes to one of these, whatever the name says a moment
/// later. Follows nothing, reads no body, ends in time.
final class PinnedPost {

    /// For the connection and its answer together.
    private static final int LIMIT_SECONDS = 10;

    private static final int CONNECT_MILLIS = 5_000;

    /// Headers of an answer; nobody needs more to say yes.
    private static final int MAX_HEADER_BYTES = 16_384;

    private final HttpClient http;
    private final Reachable.Names names;

    /// @param options trust and the like; limits are set here
    PinnedPost(Vertx vertx, HttpClientOptions options, Reachable.Names names) {
        this.http =
                vertx.createHttpClient(
                        options.setConnectTimeout(CONNECT_MILLIS)
                                .setKeepAlive(false)
                                .setMaxRedirects(0)
                                .setMaxHeaderSize(MAX_HEADER_BYTES)
                                .setVerifyHost(true));
        this.names = names;
    }

    Sent send(Target target, Map<String, String> headers, byte[] body) {
        InetAddress[] addresses;
        try {
            addresses = names.of(target.host());
        } catch (UnknownHostException _) {
            return new Sent.Failed("the host's name is not known", true);
        }
        if (!target.insideAllowed() && !Arrays.stream(addresses).allMatch(Reachable::inPublic)) {
            return new Sent.Failed(
                    "the host '"
                            + target.host()
                            + "' is not in the public internet. If that is meant, add it to"
                            + " devopspack.notify.private-hosts",
                    false);
        }
        return post(target, addresses[0], headers, body);
    }

    private Sent post(
            Target target, InetAddress address, Map<String, String> headers, byte[] body) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setSsl(target.secure())
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        target.port(), address.getHostAddress()))
                        .setHost(target.host())
                        .setPort(target.port())
                        .setURI(target.path())
                        .setFollowRedirects(false)
                        .setTimeout(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        headers.forEach(options::addHeader);
        Future<Integer> status =
                http.request(options)
                        .compose(request ->
                                request.send(Buffer.buffer(body))
                                        .map(answer -> statusOf(request, answer)));
        try {
            return judged(
                    status.toCompletionStage()
                            .toCompletableFuture()
                            .get(LIMIT_SECONDS + 1L, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return new Sent.Failed(
                    words(Objects.requireNonNullElse(e.getCause(), e), target), true);
        } catch (TimeoutException e) {
            return new Sent.Failed("no answer within " + LIMIT_SECONDS + " seconds", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Sent.Failed("the server was stopping", true);
        }
    }

    /// The status is all that counts: the rest of the answer is not waited for.
    private static int statusOf(HttpClientRequest request, HttpClientResponse answer) {
        int status = answer.statusCode();
        answer.exceptionHandler(_ -> {});
        request.connection().close();
        return status;
    }

    private static Sent judged(int status) {
        if (status / 100 == 2) {
            return new Sent.Delivered();
        }
        if (status / 100 == 3) {
            return new Sent.Failed("it answered " + status + ": redirects are not followed", false);
        }
        boolean again = status == 408 || status == 425 || status == 429 || status >= 500;
        return new Sent.Failed("it answered " + status, again);
    }

    private static String words(Throwable failure, Target target) {
        return switch (failure) {
            case SSLException _ ->
                    "TLS failed: '" + target.host() + "' showed no certificate that we trust";
            case TimeoutException _ -> "no answer within " + LIMIT_SECONDS + " seconds";
            default -> "the connection failed (" + failure.getClass().getSimpleName() + ")";
        };
    }
}
