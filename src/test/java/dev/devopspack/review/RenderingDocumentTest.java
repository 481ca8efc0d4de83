package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingDocumentTest {

    private static final String PLAN =
            "{\"format_version\":\"1.2\",\"timestamp\":\"2026-07-01T00:00:00Z\","
                    + "\"planned_values\":{},\"configuration\":{\"b\":1.50,\"a\":\"\\u0000é\"}}";

    @Test
    void theVectorsInTheDocumentHold() throws IOException {
        String document = Files.readString(Path.of("docs/formats/rendering.md"));
        PlanJson plan = PlanJson.read(PLAN);

        for (String row :
                List.of(
                        "| plan | `" + PLAN + "` |",
                        "| its semantic digest | `" + plan.semanticDigest() + "` |",
                        "| its masked form | `" + plan.masked() + "` |",
                        "| U+0061 U+202E U+000A U+0062, as a name | `"
                                + Shown.name("a\u202E\nb")
                                + "` |",
                        "| `aws_subnet.a[\"x\"]`, as a name | `"
                                + Shown.name("aws_subnet.a[\"x\"]")
                                + "` |",
                        "| 161 times `a`, as a name | `" + Shown.name("a".repeat(161)) + "` |",
                        golden("eks-first-release.txt"),
                        golden("eks-with-a-waiver.txt"))) {
            assertTrue(document.contains(row), "docs/formats/rendering.md lacks the row " + row);
        }
    }

    private static String golden(String name) throws IOException {
        String path = "src/test/resources/golden/review/" + name;
        return "| `" + path + "` | `" + Digest.of(Files.readAllBytes(Path.of(path))) + "` |";
    }
}
