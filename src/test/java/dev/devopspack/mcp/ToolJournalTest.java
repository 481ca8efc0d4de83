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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each call of a tool is in the audit log before it is answered.
@QuarkusTest
class ToolJournalTest {

    private static final int CALLERS = 16;

    @TestHTTPResource("/")
    URI server;

    @Inject AuditLog log;
    @Inject TrialToken trial;

    @Test
    void aCallIsRememberedWithItsEndAndWithoutWhatWasSaid() {
        String token = trial.with(Role.VIEWER, Role.REQUESTER);
        long before = log.head().orElseThrow().sequence();

        call(token, "change_set_list", Map.of());
        call(token, "change_set_status", Map.of("change_set_id", "cs-forgettable-word"));

        List<StoredEntry> called =
                log.read(before, 100).stream()
                        .filter(entry -> entry.entry().kind().equals("tool.called"))
                        .toList();
        assertEquals(
                List.of(
                        Map.of("tool", "change_set_list", "outcome", "answered"),
                        Map.of("tool", "change_set_status", "outcome", "refused")),
                called.stream().map(entry -> entry.entry().facts()).toList());
        assertTrue(called.getFirst().entry().actor().startsWith("token:"));
        assertFalse(called.toString().contains("forgettable"));
    }

    @Test
    void callsOfOneMomentAreEachRemembered() throws Exception {
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
                log.read(before, 100).stream()
                        .filter(entry -> entry.entry().kind().equals("tool.called"))
                        .count());
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
