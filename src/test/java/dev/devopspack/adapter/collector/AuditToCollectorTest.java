package dev.devopspack.adapter.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Forwarding;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.InMemoryAuditLog;
import dev.devopspack.testing.MovingClock;
import dev.devopspack.testing.StandIn;
import dev.devopspack.testing.StandIn.Answer;
import dev.devopspack.testing.StandIn.Asked;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a collector is sent, and what it gets after it was away.
class AuditToCollectorTest {

    private static final String LOGS = "POST /v1/logs";

    private final InMemoryAuditLog log =
            new InMemoryAuditLog(new MovingClock(Instant.parse("2026-11-26T10:00:00.5Z")));
    private final Sent sent = new Sent(log);
    private StandIn collector;
    private AuditToCollector sender;

    @BeforeEach
    void aCollector() throws Exception {
        int port = StandIn.freePort();
        collector = new StandIn(port);
        collector.answer(LOGS, Answer.ok("{}"));
        sender =
                new AuditToCollector(
                        sent,
                        Optional.of(URI.create("http://localhost:" + port + "/v1/logs")),
                        Optional.of("Bearer of-the-collector"));
    }

    @AfterEach
    void closeTheCollector() {
        collector.close();
    }

    @Test
    void entriesArriveOnceAndInTheirOrder() throws Exception {
        log.append(
                AuditEntry.of("grant.use_refused", "token:ci", Map.of("environment", "staging")));
        sender.tick();
        log.append(AuditEntry.of("grant.consumed", "token:ci", Map.of()));
        sender.tick();
        sender.tick();

        List<Asked> asked = collector.soFar();

        assertEquals(2, asked.size());
        assertEquals("Bearer of-the-collector", asked.getFirst().authorization());
        JsonNode first = records(asked.getFirst()).getFirst();
        assertEquals("1795687200500000000", first.path("timeUnixNano").asText());
        assertEquals("grant.use_refused", first.path("eventName").asText());
        assertEquals("WARN", first.path("severityText").asText());
        assertEquals("1", attribute(first, "audit.sequence").path("intValue").asText());
        assertEquals("token:ci", attribute(first, "audit.actor").path("stringValue").asText());
        assertEquals(
                "staging", attribute(first, "audit.fact.environment").path("stringValue").asText());
        assertEquals(
                log.find(1).orElseThrow().leafHash().value(),
                attribute(first, "audit.leaf_hash").path("stringValue").asText());
        assertEquals(
                List.of("grant.consumed"),
                records(asked.getLast()).stream()
                        .map(each -> each.path("eventName").asText())
                        .toList());
    }

    @Test
    void whatACollectorMissedOrRefusedItGetsLater() throws Exception {
        log.append(AuditEntry.of("grant.reserved", "token:ci", Map.of()));
        collector.answer(LOGS, Answer.status(503));
        sender.tick();
        collector.soFar();
        log.append(AuditEntry.of("grant.consumed", "token:ci", Map.of()));
        collector.answer(LOGS, Answer.ok("{}"));

        sender.tick();

        assertEquals(
                List.of("grant.reserved", "grant.consumed"),
                records(collector.next()).stream()
                        .map(each -> each.path("eventName").asText())
                        .toList());
        assertEquals(2, sent.until);
    }

    @Test
    void aCollectorElsewhereIsNotFollowed() {
        log.append(AuditEntry.of("grant.reserved", "token:ci", Map.of()));
        collector.answer(LOGS, new Answer(307, "", Map.of("Location", "/other")));

        sender.tick();

        assertEquals(List.of(LOGS), collector.soFar().stream().map(Asked::what).toList());
        assertEquals(0, sent.until);
    }

    @Test
    void aLongLogGoesInPieces() throws Exception {
        for (int i = 0; i < 450; i++) {
            log.append(AuditEntry.of("tool.called", "token:ci", Map.of()));
        }

        sender.tick();

        List<Integer> sizes = new ArrayList<>();
        for (Asked asked : collector.soFar()) {
            sizes.add(records(asked).size());
        }
        assertEquals(List.of(200, 200, 50), sizes);
    }

    @Test
    void noPersonalFieldIsSentInClear() {
        log.append(
                new AuditEntry(
                        "person.added", "system", Map.of(), Map.of("displayName", "Ada Example")));

        sender.tick();

        assertFalse(collector.soFar().toString().contains("Ada"));
        assertEquals(1, sent.until);
    }

    @Test
    void anAddressThatIsNoneStopsTheStart() {
        assertThrows(
                InvalidInput.class,
                () ->
                        new AuditToCollector(
                                sent, Optional.of(URI.create("collector:4318")), Optional.empty()));
    }

    private static List<JsonNode> records(Asked asked) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        new ObjectMapper()
                .readTree(asked.body())
                .at("/resourceLogs/0/scopeLogs/0/logRecords")
                .forEach(records::add);
        return records;
    }

    private static JsonNode attribute(JsonNode entry, String key) {
        for (JsonNode attribute : entry.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.path("value");
            }
        }
        throw new AssertionError(key + " is not in " + entry);
    }

    private static final class Sent implements Forwarding {

        private final AuditLog log;
        private long until;

        Sent(AuditLog log) {
            this.log = log;
        }

        @Override
        public int forward(int limit, Predicate<List<StoredEntry>> arrives) {
            List<StoredEntry> next = log.read(until, limit);
            if (next.isEmpty() || !arrives.test(next)) {
                return 0;
            }
            until = next.getLast().sequence();
            return next.size();
        }
    }
}
