package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFileFormatTest {

    @Test
    void vectorIsARuleAndGivesThisDigest() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("docs/formats/rule-file.vector.yaml"));

        Rule rule = RuleCatalog.read("rule-file.vector.yaml", bytes);

        assertEquals(List.of(), RuleExamples.problems(rule));
        Golden.assertDocument(
                "formats/rule-file.vector.json",
                """
                {
                  "canonical": "{\\"ACME-AWS-001\\":\\"%s\\",\\"format\\":\\"devops-pack/ruleset/v1\\"}",
                  "digest": "%s"
                }
                """
                        .formatted(rule.digest().value(), RuleCatalog.of(rule).digest().value()));
    }
}
