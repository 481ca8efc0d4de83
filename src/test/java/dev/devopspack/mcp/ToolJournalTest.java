package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.MultiMap;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each call of a tool is in the audit log: before it is answered, or, where it only reads, counted
/// a moment later.
@QuarkusTest
class ToolJournalTest {

    private static final int CALLERS = 16;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TestHTTPResource("/")
    URI server;

    @Inject AuditLog log;
    @Inject TrialToken trial;

    @Test
    void aCallIsRememberedBeforeItIsAnsweredAndWithoutWhatWasSaid() {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        long before = log.head().orElseThrow().sequence();

        call(token, "devops_pack_manager", Map.of("request", "a forgettable-word"));

        List<StoredEntry> called = called(before, "devops_pack_manager");
        assertEquals(
                List.of(Map.of("tool", "devops_pack_manager", "outcome", "answered")),
                called.stream().map(entry -> entry.entry().facts()).toList());
        assertTrue(called.getFirst().entry().actor().startsWith("token:"));
        assertFalse(called.toString().contains("forgettable"));
    }

    @Test
    void whoOnlyReadsIsCounted() throws Exception {
        String token = trial.with(Role.VIEWER);
        Instant since = Instant.now().minusSeconds(1);
        long before = log.head().orElseThrow().sequence();

        call(token, "change_set_status", Map.of("change_set_id", "cs-forgettable-word"));

        StoredEntry called = counted(before, "change_set_status", 1).getFirst();
        assertEquals("refused", called.entry().facts().get("outcome"));
        assertTrue(called.entry().actor().startsWith("token:"));
        assertTrue(
                Instant.parse(called.entry().facts().getOrDefault("since", "")).isAfter(since),
                called::toString);
        assertFalse(called.toString().contains("forgettable"));
    }

    @Test
    void callsOfOneMomentAreAllCounted() throws Exception {
        String token = trial.with(Role.VIEWER);
        long before = log.head().orElseThrow().sequence();

        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<?> each :
                    threads.invokeAll(
                            IntStream.range(0, CALLERS)
                                    .mapToObj(i ->
                                            Executors.callable(
                                                    () -> call(token, "change_set_list", Map.of())))
                                    .toList())) {
                each.get();
            }
        }

        assertEquals(
                CALLERS,
                times(counted(before, "change_set_list", CALLERS)),
                "as many as there were, and not one more");
    }

    /// The entries of a tool that reads, once there are those of so many calls.
    private List<StoredEntry> counted(long after, String tool, int calls) throws Exception {
        Instant until = Instant.now().plus(LIMIT);
        while (times(called(after, tool)) < calls && Instant.now().isBefore(until)) {
            Thread.sleep(20);
        }
        return called(after, tool);
    }

    private List<StoredEntry> called(long after, String tool) {
        return log.read(after, 100).stream()
                .filter(entry -> entry.entry().kind().equals("tool.called"))
                .filter(entry -> tool.equals(entry.entry().facts().get("tool")))
                .toList();
    }

    private static int times(List<StoredEntry> entries) {
        return entries.stream()
                .mapToInt(
                        entry -> Integer.parseInt(entry.entry().facts().getOrDefault("times", "0")))
                .sum();
    }

    private void call(String token, String tool, Map<String, Object> arguments) {
        try (var client =
                McpAssured.newStreamableClient()
                        .setBaseUri(server)
                        .setMcpPath("mcp")
                        .setAdditionalHeaders(message ->
                                MultiMap.caseInsensitiveMultiMap()
                                        .add("Authorization", "Bearer " + token))
                        .build()
                        .connect()) {
            client.when().toolsCall(tool, arguments, _ -> {}).thenAssertResults();
        }
    }
}
