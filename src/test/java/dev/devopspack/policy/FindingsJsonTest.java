package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.policy.ScanResult.Suppression;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsJsonTest {

    /// More than are made before the first are written.
    private static final int MANY = 33_001;

    @Test
    void aLargeScanIsWrittenAsASmallOne() {
        List<Finding> findings = IntStream.range(0, MANY).mapToObj(i -> finding(i)).toList();
        ScanResult result = result(findings, findings.subList(0, 10));
        assertEquals(ScanJson.of(result), written(result));
    }

    @Test
    void aScanWithoutFindingsHasEmptyLists() {
        ScanResult result = result(List.of(), List.of());
        assertEquals(ScanJson.of(result), written(result));
        assertTrue(written(result).contains("\"findings\" : [ ]"));
    }

    private static String written(ScanResult result) {
        StringWriter out = new StringWriter();
        ScanJson.write(result, out);
        return out.toString();
    }

    private static Finding finding(int i) {
        return new Finding(
                "DP-TEST-" + i % 7,
                "A \"title\" of \\ its own",
                Severity.values()[i % Severity.values().length],
                "folder/é😀\u0001 file " + i % 13,
                i,
                i % 3,
                i % 2 == 0 ? null : "resource.\u2028" + i,
                "line\nbreak\tand tab " + i,
                "Mend </it>",
                i % 5 == 0 ? null : "https://example.com/" + i % 5);
    }

    private static ScanResult result(List<Finding> findings, List<Finding> excused) {
        return new ScanResult(
                Digest.of(new byte[0]),
                1,
                1,
                1,
                Map.of(),
                List.of(),
                findings,
                findings.subList(0, findings.size() / 2),
                List.of(),
                List.of(),
                List.of(new Suppression("X", "checkov", "", "a.tf", 1, excused)),
                Optional.empty());
    }
}
