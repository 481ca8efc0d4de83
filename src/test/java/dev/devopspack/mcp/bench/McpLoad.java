package dev.devopspack.mcp.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// Calls one tool of a running server as fast as it answers: `McpLoad URL TOKEN SESSIONS SECONDS
/// METHOD PARAMS`, for example `McpLoad http://localhost:8080/mcp dpk_… 16 10 tools/call
/// '{"name":"change_set_list","arguments":{}}'`.
///
/// Each session has a connection of its own and sends its next call when the last was answered.
/// Half the seconds are spent once before, unmeasured. Prints calls a second and the times of one
/// call at the median and the 99th percentile.
public final class McpLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String INITIALIZE =
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"load","version":"1"}}}\
            """;

    private final URI server;
    private final String token;
    private final String call;

    private McpLoad(URI server, String token, String method, String params) {
        this.server = server;
        this.token = token;
        this.call =
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"%s\",\"params\":%s}"
                        .formatted(method, params);
    }

    public static void main(String[] args) throws Exception {
        McpLoad load = new McpLoad(URI.create(args[0]), args[1], args[4], args[5]);
        int sessions = Integer.parseInt(args[2]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[3]));
        load.run(sessions, time.dividedBy(2));
        load.print(sessions, time, load.run(sessions, time));
    }

    private void print(int sessions, Duration time, List<long[]> measured) {
        long[] nanos = measured.stream().flatMapToLong(LongStream::of).sorted().toArray();
        System.out.printf(
                "%d sessions: %.0f calls/s, p50 %.2f ms, p99 %.2f ms, max %.1f ms%n",
                sessions,
                nanos.length / (time.toMillis() / 1_000.0),
                at(nanos, 0.5),
                at(nanos, 0.99),
                at(nanos, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }

    private List<long[]> run(int sessions, Duration time) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(sessions)) {
            List<Callable<long[]>> work = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                work.add(() -> session(time));
            }
            List<long[]> measured = new ArrayList<>();
            for (Future<long[]> done : threads.invokeAll(work)) {
                measured.add(done.get());
            }
            return measured;
        }
    }

    private long[] session(Duration time) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> opened = send(http, INITIALIZE, null);
            String session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
            send(http, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session);
            long[] nanos = new long[1_024];
            int count = 0;
            long end = System.nanoTime() + time.toNanos();
            for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                HttpResponse<String> answer = send(http, call, session);
                if (answer.statusCode() != 200 || answer.body().contains("\"isError\":true")) {
                    throw new IOException(answer.statusCode() + ": " + answer.body());
                }
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, count * 2);
                }
                nanos[count++] = System.nanoTime() - start;
            }
            return Arrays.copyOf(nanos, count);
        }
    }

    private HttpResponse<String> send(HttpClient http, String body, String session)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
