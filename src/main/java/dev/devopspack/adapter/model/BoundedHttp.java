package dev.devopspack.adapter.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// HTTP that ends: no answer is longer, none takes longer, and none sends us elsewhere.
final class BoundedHttp implements HttpClient {

    /// An answer of the longest accepted text, escaped, with its surroundings.
    private static final long MAX_BYTES = 1_000_000;

    private final java.net.http.HttpClient http;
    private final Duration limit;

    private BoundedHttp(Duration limit) {
        this.limit = limit;
        this.http =
                java.net.http.HttpClient.newBuilder()
                        .connectTimeout(limit)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        java.net.http.HttpRequest.Builder sent =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(limit);
        request.headers()
                .forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
        String body = request.body();
        sent.method(
                request.method().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> answer = exchange(sent.build());
        if (answer.statusCode() / 100 != 2) {
            throw new HttpException(answer.statusCode(), "");
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(answer.statusCode())
                .headers(answer.headers().map())
                .body(answer.body())
                .build();
    }

    /// The request's own limit ends with the headers of the answer; ours with its last byte.
    private HttpResponse<String> exchange(java.net.http.HttpRequest request) {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UncheckedIOException(new HttpTimeoutException("no whole answer"));
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    e.getCause() instanceof IOException failed ? failed : new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a model answers", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are read whole");
    }

    /// What LangChain4j makes its client with.
    static final class Builder implements HttpClientBuilder {

        private final Duration limit;

        Builder(Duration limit) {
            this.limit = limit;
        }

        @Override
        public Duration connectTimeout() {
            return limit;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return limit;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }

        @Override
        public HttpClient build() {
            return new BoundedHttp(limit);
        }
    }
}
