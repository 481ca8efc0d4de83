package dev.devopspack.language.hcl;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.language.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Damages Terraform's JSON syntax at random and gives it to the parser and the evaluator, neither
/// of which may throw. By hand, over {@link #SEED} and the JSON files with resources below a
/// folder: `java -cp target/test-classes:target/classes:... dev.devopspack.language.hcl.HclJsonFuzz
/// FOLDER MUTANTS`.
final class HclJsonFuzz {

    static final String SEED =
            """
            {
              "//": "a comment",
              "terraform": {"required_version": ">= 1.10"},
              "provider": {"aws": [{"region": "eu-central-1"}, {"alias": "b", "region": "${var.b}"}]},
              "variable": {"b": {"type": "string", "default": "eu-west-1"}, "n": {"default": 3}},
              "locals": {"a": "${[for i in range(var.n) : \\"x-${i}\\"]}", "t": "%{ if true }y%{ endif }"},
              "resource": {
                "aws_s3_bucket": {
                  "this": {
                    "for_each": "${toset(local.a)}",
                    "bucket": "${each.key}",
                    "tags": {"n": 1.5e3, "b": true, "z": null},
                    "lifecycle": {"prevent_destroy": true}
                  }
                },
                "aws_security_group": {
                  "web": [
                    {
                      "ingress": [{"from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}],
                      "dynamic": {"egress": {"for_each": [1], "content": {"from_port": 0}}}
                    }
                  ]
                }
              },
              "module": {"child": {"source": "./child", "n": "${length(local.a)}"}},
              "output": {"o": {"value": "${aws_s3_bucket.this[\\"x-0\\"].arn}"}}
            }
            """;

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u",
                    "\\ud83d",
                    "${",
                    "%{",
                    "$${",
                    "}\"",
                    "\"//\": 1,",
                    "\"resource\": {",
                    "\"dynamic\": {\"x\": {",
                    "\"for_each\": ",
                    "\"count\": \"${1/0}\",",
                    "[[[[[[",
                    "{\"a\":{\"a\":{\"a\":",
                    "null",
                    "true",
                    "-",
                    "1e999",
                    "0.1e-9999999",
                    "${each.value}",
                    "${self}",
                    "${local.a}",
                    "\n",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "\uFEFF",
                    "é",
                    "😀");

    private final Mutation mutation;

    HclJsonFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    /// @return what was wrong with the text
    static List<Diagnostic> read(String text) {
        return HclFuzz.evaluated(HclParser.parse("main.tf.json", text), text);
    }

    static void main(String[] arguments) throws IOException {
        List<String> seeds = new ArrayList<>(List.of(SEED));
        Path folder = Path.of(arguments[0]);
        seeds.addAll(
                FuzzRun.seeds(folder, name -> name.endsWith(".json")).stream()
                        .filter(text -> text.contains("\"resource\""))
                        .toList());
        FuzzRun.of(
                "Terraform's JSON",
                seeds,
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).isEmpty());
    }
}
