package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Forwarding;
import dev.devopspack.audit.StoredEntry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredForwardingTest {

    private static final int ALL = 100_000;

    @Inject Forwarding forwarding;
    @Inject AuditLog log;

    @Test
    void whatArrivedIsNotHandedOverAgainAndWhatDidNotIs() {
        forwarding.forward(ALL, _ -> true);
        long first = log.append(AuditEntry.of("forwarding.first", "system", Map.of()));
        long second = log.append(AuditEntry.of("forwarding.second", "system", Map.of()));
        List<Long> handed = new ArrayList<>();

        assertEquals(0, forwarding.forward(1, _ -> false));
        assertEquals(1, forwarding.forward(1, entries -> handed.addAll(sequences(entries))));
        assertTrue(forwarding.forward(ALL, entries -> handed.addAll(sequences(entries))) > 0);

        // Others append too.
        assertEquals(handed.stream().sorted().distinct().toList(), handed);
        assertTrue(handed.containsAll(List.of(first, second)), handed::toString);
    }

    @Test
    void whileOneServerSendsAnotherHandsNothingOver() {
        log.append(AuditEntry.of("forwarding.once", "system", Map.of()));

        int sent =
                forwarding.forward(
                        ALL,
                        _ ->
                                CompletableFuture.supplyAsync(
                                                        () -> forwarding.forward(ALL, _ -> true))
                                                .join()
                                        == 0);

        assertTrue(sent > 0);
    }

    private static List<Long> sequences(List<StoredEntry> entries) {
        return entries.stream().map(StoredEntry::sequence).toList();
    }
}
