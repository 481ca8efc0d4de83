package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditEntryTest {

    /// As it came, and as every reader of the leaf sees it.
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "two\u0000parts, two\ufffdparts",
        "half \ud83d, half \ufffd",
        "\ude80 half, \ufffd half",
        "whole \ud83d\ude80, whole \ud83d\ude80",
        "cafe\u0301, caf\u00e9",
    })
    void aFactIsKeptAsTextThatEveryoneReadsAlike(String came, String kept) {
        AuditEntry entry =
                new AuditEntry(
                        "task.received", "system", Map.of("fact", came), Map.of("person", came));

        assertEquals(Map.of("fact", kept), entry.facts());
        assertEquals(Map.of("person", kept), entry.personal());
    }
}
