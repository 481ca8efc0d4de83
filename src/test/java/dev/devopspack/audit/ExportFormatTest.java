package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportFormatTest {

    private static final StoredEntry HOSTILE =
            stored(
                    7,
                    "task.refused",
                    Map.of(
                            "changeSet", "=HYPERLINK(\"http://evil.example\",\"x\")",
                            "environment", "@SUM(1+1)*cmd|' /C calc'!A0",
                            "where", "a|b\\c=d\r\nCEF:0|forged|\"quoted\",comma\ttab"));

    private static final StoredEntry PLAIN =
            stored(
                    8,
                    "approval.decided",
                    Map.of("changeSet", "cs-aaaaaaaaaaaaaaaa", "environment", "production"));

    @ParameterizedTest
    @EnumSource
    void anEntryIsOneLineWhateverItHoldsAndNoPersonsNameIsInIt(ExportFormat format) {
        for (StoredEntry entry : new StoredEntry[] {HOSTILE, PLAIN}) {
            String line = format.line(entry);

            assertFalse(line.contains("\n"), line);
            assertFalse(line.substring(0, line.length() - 1).contains("\r"), line);
            assertFalse(line.contains("Ada Example"), line);
        }
        assertEquals(format, ExportFormat.of(format.id()));
    }

    @Test
    void theLinesAreWhatTheirReadersTake() {
        StringBuilder all = new StringBuilder();
        for (ExportFormat format : ExportFormat.values()) {
            all.append(format.header()).append(format.line(HOSTILE)).append('\n');
            all.append(format.line(PLAIN)).append('\n');
        }

        Golden.assertMatches("audit/exports.txt", all.toString());
    }

    @Test
    void noCellOfASpreadsheetIsAFormula() {
        String line = ExportFormat.CSV.line(HOSTILE);

        assertTrue(line.contains(",\"'=HYPERLINK(\"\"http"), line);
        assertTrue(line.contains(",\"'@SUM"), line);
    }

    @Test
    void anUnknownFormatIsRefused() {
        assertThrows(InvalidInput.class, () -> ExportFormat.of("xml"));
        assertThrows(InvalidInput.class, () -> ExportFormat.of("CSV"));
    }

    private static StoredEntry stored(long sequence, String kind, Map<String, String> facts) {
        Instant at = Instant.parse("2026-11-26T10:00:00.123456Z");
        Map<String, String> personal = Map.of("caller", "Ada Example");
        String leaf =
                new AuditLeaf(
                                sequence,
                                at,
                                kind,
                                "token:abc",
                                facts,
                                Map.of("caller", "hmac-sha256:" + "0".repeat(64)))
                        .text();
        Digest hash = AuditHash.leaf(leaf);
        return new StoredEntry(
                sequence,
                at,
                new AuditEntry(kind, "token:abc", new TreeMap<>(facts), personal),
                leaf,
                hash,
                AuditHash.chain(AuditHash.BEGINNING, sequence, hash),
                Map.of());
    }
}
