package dev.devopspack.mcp.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/// Calls one tool of a running server as fast as it answers: `McpLoad URL TOKEN SESSIONS SECONDS
/// METHOD PARAMS [RATE]`, for example `McpLoad http://localhost:8080/mcp dpk_… 16 10 tools/call
/// '{"name":"change_set_list","arguments":{}}'`.
///
/// Each session has a connection of its own and sends its next call when the last was answered;
/// with a rate, all sessions together send so many calls a second, and a call that has to wait for
/// the one before it counts from when it was due. Half the seconds are spent once before,
/// unmeasured. Prints calls a second and the times of one call at the median and the 99th
/// percentile, and ends at the first answer that is an error.
///
/// It speaks HTTP over plain sockets: the client shares the machine with what it measures, and the
/// Java library's client takes as much of it as the server.
public final class McpLoad {

    private static final int PATIENCE_MILLIS = 30_000;

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
        long pause = args.length > 6 ? sessions * 1_000_000_000L / Long.parseLong(args[6]) : 0;
        load.run(sessions, time.dividedBy(2), pause);
        load.print(sessions, time, load.run(sessions, time, pause));
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

    private List<long[]> run(int sessions, Duration time, long pause) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(sessions)) {
            List<Callable<long[]>> work = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                long first = pause * i / sessions;
                work.add(() -> session(time, first, pause));
            }
            List<long[]> measured = new ArrayList<>();
            for (Future<long[]> done : threads.invokeAll(work)) {
                measured.add(done.get());
            }
            return measured;
        }
    }

    private long[] session(Duration time, long first, long pause) throws IOException {
        try (Connection server = new Connection()) {
            String session = server.send(request(INITIALIZE, "")).header("mcp-session-id");
            String ours = "Mcp-Session-Id: " + session + "\r\n";
            server.send(
                    request(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                            ours));
            byte[] request = request(call, ours);
            long[] nanos = new long[1_024];
            int count = 0;
            long now = System.nanoTime();
            long end = now + time.toNanos();
            for (long start = now + first; Math.max(start, now) < end; ) {
                waitUntil(start);
                Answer answer = server.send(request);
                if (!answer.succeeded()) {
                    throw new IOException(answer.status() + ": " + answer.body());
                }
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, count * 2);
                }
                now = System.nanoTime();
                nanos[count++] = now - start;
                start = pause == 0 ? now : start + pause;
            }
            return Arrays.copyOf(nanos, count);
        }
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private byte[] request(String body, String more) {
        return """
        POST %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Accept: application/json, text/event-stream\r
        Content-Length: %d\r
        %s\r
        %s\
        """
                .formatted(
                        server.getPath(),
                        server.getAuthority(),
                        token,
                        body.getBytes(UTF_8).length,
                        more,
                        body)
                .getBytes(UTF_8);
    }

    private record Answer(int status, Map<String, String> headers, String body) {

        /// Texts within an answer have their quotes escaped, so these are keys of the answer
        /// itself. Errors are quick to give and would be counted as fast calls.
        boolean succeeded() {
            return status == 200
                    && body.contains("\"result\":{")
                    && !body.contains("\"isError\":true");
        }

        String header(String name) throws IOException {
            String value = headers.get(name);
            if (value == null) {
                throw new IOException("no " + name + " in the answer " + status + ": " + body);
            }
            return value;
        }
    }

    private final class Connection implements AutoCloseable {

        private final Socket socket = new Socket(server.getHost(), server.getPort());
        private final InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);

        Connection() throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        Answer send(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            int status = Integer.parseInt(line().split(" ")[1]);
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Answer(status, headers, new String(in.readNBytes(length), UTF_8));
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the server closed the connection");
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
