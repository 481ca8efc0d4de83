package dev.devopspack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.AuditVerifier.Result;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.testing.KillableServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Kills the whole server again and again with `kill -9` while clients submit change sets over HTTP
/// and call tools over MCP, and counts what it had answered and does not remember any more. Run by
/// hand; `KilledUnderLoadTest` does it once.
///
/// Arguments: how often; the jar to start, `target/quarkus-app/quarkus-run.jar` after a build.
public final class KilledServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int CLIENTS = 8;

    /// So many change sets before a kill.
    private static final int ENOUGH = 40;

    /// A kill at another moment each time.
    private static final int MAX_MILLIS_MORE = 700;

    /// One whose callers wait for their entry, as all do that do more than read.
    private static final String TOOL = "devops_pack_manager";

    private final KillableServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random();

    /// What was answered since the beginning: change sets by id, calls of the tool by number.
    private final Queue<String> stored = new ConcurrentLinkedQueue<>();

    private final AtomicLong called = new AtomicLong();

    /// Signed tree heads that were handed out.
    private final Queue<SignedCheckpoint> seen = new ConcurrentLinkedQueue<>();

    private String token = "";

    public KilledServer(Path jar, Path folder) throws IOException {
        this.server = new KillableServer(jar, folder, LIMIT);
    }

    /// What the next server remembers of everything that all before it had answered.
    ///
    /// @param answered change sets and calls of tools
    /// @param lost those of them that are in no entry
    /// @param log `intact`, or what is wrong with chain, tree or checkpoints
    public record Round(long answered, long lost, long entries, long checkpoints, String log) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        long lost = 0;
        long broken = 0;
        Round last = null;
        Path folder = Files.createTempDirectory("killed-server");
        try (KilledServer killed = new KilledServer(Path.of(arguments[1]), folder)) {
            killed.start();
            for (int round = 1; round <= rounds; round++) {
                last = killed.round();
                System.out.printf("%2d: %s%n", round, last);
                lost = Math.max(lost, last.lost());
                broken += last.log().equals("intact") ? 0 : 1;
            }
        }
        System.out.printf(
                "%d kills: %d answered, %d of them lost, %d logs not intact%n",
                rounds, last == null ? 0 : last.answered(), lost, broken);
    }

    public void start() throws Exception {
        server.start(Map.of());
        token = server.trialToken();
    }

    /// Loads, kills and starts the server once, and looks at what it remembers.
    public Round round() throws Exception {
        int before = stored.size();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean tools = i % 2 == 1;
                clients.submit(() -> load(tools));
            }
            Instant until = Instant.now().plus(LIMIT);
            while (stored.size() < before + ENOUGH) {
                if (Instant.now().isAfter(until)) {
                    throw new IllegalStateException("the server takes too few change sets");
                }
                Thread.sleep(20);
            }
            Thread.sleep(random.nextInt(MAX_MILLIS_MORE));
            server.kill();
        }
        start();
        return compared();
    }

    /// Until the server is gone. Only what was answered whole is remembered.
    private void load(boolean tools) {
        try {
            String session = tools ? session() : "";
            while (true) {
                if (tools) {
                    call(session);
                } else {
                    submit();
                }
            }
        } catch (IOException _) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit() throws IOException, InterruptedException {
        String body =
                """
                {"stack": "killed/staging", "environment": "staging",
                 "files": [{"name": "notes.md", "content": "%s\\n"}]}
                """
                        .formatted(UUID.randomUUID());
        HttpResponse<String> answer = post("/api/v1/change-sets", body, "");
        String id = json.readTree(answer.body()).at("/changeSet/id").asText();
        if (answer.statusCode() != 200 || id.isEmpty()) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        stored.add(id);
        seen.add(SignedCheckpoint.parse(get("/audit/checkpoint").body()));
    }

    private String session() throws IOException, InterruptedException {
        HttpResponse<String> opened =
                post(
                        "/mcp",
                        """
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":\
                        {"protocolVersion":"2025-11-25","capabilities":{},\
                        "clientInfo":{"name":"killed","version":"1"}}}
                        """,
                        "");
        String session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
        post("/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session);
        return session;
    }

    private void call(String session) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post(
                        "/mcp",
                        """
                        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":\
                        {"name":"%s","arguments":{"request":"good morning"}}}
                        """
                                .formatted(TOOL),
                        session);
        if (answer.statusCode() != 200 || !answer.body().contains("\"isError\":false")) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        called.incrementAndGet();
    }

    private Round compared() throws Exception {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        MerkleTree tree = new MerkleTree();
        Set<String> remembered = new HashSet<>();
        long calls = 0;
        long entries = 0;
        // Before the entries are read: there may be more a moment later.
        seen.add(SignedCheckpoint.parse(get("/audit/checkpoint").body()));
        for (String line : get("/api/v1/audit/export").body().lines().toList()) {
            ExportedEntry entry = ExportedEntry.parse(line, entries + 1);
            verifier.add(entry);
            tree.add(entry.leafHash());
            entries++;
            JsonNode leaf = json.readTree(entry.leaf());
            switch (leaf.path("kind").asText()) {
                case "change_set.stored" -> remembered.add(leaf.at("/facts/changeSet").asText());
                case "tool.called" -> calls += leaf.at("/facts/tool").asText().equals(TOOL) ? 1 : 0;
                default -> {}
            }
        }
        long lost = stored.stream().filter(id -> !remembered.contains(id)).count();
        // A call that was remembered and not answered any more is no loss.
        lost += Math.max(0, called.get() - calls);
        return new Round(
                stored.size() + called.get(),
                lost,
                entries,
                seen.size(),
                wrong(verifier, tree).orElse("intact"));
    }

    private Optional<String> wrong(AuditVerifier verifier, MerkleTree tree) throws Exception {
        if (!(verifier.result() instanceof Result.Intact)) {
            return Optional.of(verifier.result().toString());
        }
        LogKey key =
                LogKey.parse(
                        json.readTree(get("/api/v1/audit/checkpoint").body()).path("key").asText());
        for (SignedCheckpoint each : seen) {
            long size = each.checkpoint().size();
            if (!each.signedBy(key)
                    || size > tree.size()
                    || !tree.root((int) size).equals(each.checkpoint().root())) {
                return Optional.of("the log does not continue the checkpoint of " + size);
            }
        }
        return Optional.empty();
    }

    private HttpResponse<String> post(String path, String body, String session)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token);
    }

    /// Ends the server and the database that a killed one left.
    @Override
    public void close() throws Exception {
        server.close();
        http.close();
    }
}
