package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HclJsonTest {

    private static final String MAIN =
            """
            {
              "//": "a comment",
              "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 6.0"}}},
              "variable": {"ports": {"type": "list(number)", "default": ["80", 443]}, "text": {"default": "${literal}"}},
              "locals": {"name": "x-${upper(\\"y\\")}"},
              "resource": {
                "aws_security_group": {
                  "g": {
                    "name": "${local.name}",
                    "vpc_id": "${aws_vpc.v.id}",
                    "tags": {"Name": "${local.name}"},
                    "egress": [{"from_port": 1}, {"from_port": 2}],
                    "timeouts": {"create": "5m"},
                    "dynamic": {"ingress": {"for_each": "${var.ports}", "content": {"from_port": "${ingress.value}"}}},
                    "depends_on": ["aws_vpc.v"],
                    "lifecycle": {"ignore_changes": ["tags"]}
                  }
                },
                "aws_vpc": {"v": {"count": 1, "cidr_block": "10.0.0.0/16"}}
              },
              "output": {"missing": {"value": "${var.nothing}"}}
            }
            """;

    @Test
    void theJsonSyntaxHasTheMeaningOfTheNativeOne() {
        EvaluatedModule module =
                ModuleEvaluator.evaluate(
                        ModuleFiles.of(
                                Map.of(
                                        "main.tf.json",
                                        MAIN.replace("\"count\": 1, ", ""),
                                        "terraform.tfvars.json",
                                        "{\"text\": \"${given}\"}")));

        EvaluatedResource group = resource(module, "aws_security_group.g");
        EvaluatedBody body = group.body();
        assertEquals(Optional.of(Value.of("x-Y")), body.value("name"));
        assertEquals(
                Optional.of(Value.Unknown.of(new Reference("", "aws_vpc.v", "", List.of("id")))),
                body.value("vpc_id"));
        assertEquals(
                Optional.of(Value.object(Map.of("Name", Value.of("x-Y")))), body.value("tags"));
        assertEquals(
                List.of("egress", "egress", "timeouts", "ingress", "ingress"),
                body.blocks().stream().map(b -> b.type()).toList());
        assertEquals(Optional.of(Value.of(443)), body.blocks().get(4).body().value("from_port"));
        assertEquals(List.of("aws_vpc.v"), group.meta().dependsOn());
        assertEquals(10, body.attribute("vpc_id").orElseThrow().span().line());
        assertEquals(
                Value.of("${given}"),
                module.variables().stream()
                        .filter(v -> v.name().equals("text"))
                        .findFirst()
                        .orElseThrow()
                        .value());
        assertEquals(
                List.of(
                        "main.tf.json:21:35: variable \"nothing\" is not declared. Declare it, or"
                                + " remove the reference"),
                module.diagnostics().stream().map(Diagnostic::text).toList());
    }

    private static EvaluatedResource resource(EvaluatedModule module, String address) {
        return module.resources().stream()
                .filter(r -> r.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void textThatIsNotJsonIsReportedWithItsPlace() {
        ParsedFile file = HclParser.parse("main.tf.json", "{\n  \"resource\": {,}\n}\n");

        assertEquals(
                List.of("main.tf.json:2:16: the text is not JSON here. Mend the JSON"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void anExpressionThatCannotBeReadIsReportedAtItsString() {
        ParsedFile file =
                HclParser.parse(
                        "main.tf.json", "{\"locals\": {\"a\": \"${1 +}\", \"b\": \"${2}\"}}");

        assertEquals(
                List.of(
                        "main.tf.json:1:18: found '}' where a value is expected. Write an expression"
                                + " here"),
                file.diagnostics().stream().map(Diagnostic::text).toList());
        assertEquals(2, file.body().blocks().getFirst().body().attributes().size());
    }

    @Test
    void hostileJsonIsRefused() {
        for (String text :
                List.of(
                        "",
                        "[]",
                        "1",
                        "{\"a\": 1} x",
                        "{\"a\":".repeat(100_000),
                        "[".repeat(100_000),
                        "{\"locals\": {\"a\": " + "9".repeat(5000) + "}}",
                        "{\"locals\": {\"a\": 1e999999999}}",
                        "{\"locals\": {\"a\": \"${" + "[".repeat(10_000) + "}\"}}",
                        "{\"a\": \"unclosed")) {
            ParsedFile file = HclParser.parse("main.tf.json", text);

            assertFalse(file.valid(), text.substring(0, Math.min(text.length(), 20)));
        }
    }

    @Test
    void everyBeginningIsRead() {
        for (int i = 0; i < MAIN.length(); i++) {
            ParsedFile file = HclParser.parse("main.tf.json", MAIN.substring(0, i));

            ModuleEvaluator.evaluate(new ModuleFiles(Map.of("main.tf.json", file), Map.of()));
        }
    }
}
