package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Damages plans as `terraform show -json` prints them and gives them to the reader, which may not
/// throw. By hand, over {@link #SEED} and the plans below a folder: `java -cp
/// target/test-classes:target/classes:... dev.devopspack.policy.PlanFuzz FOLDER MUTANTS`.
final class PlanFuzz {

    private static final Set<String> KINDS =
            Set.of("terraform/aws_kms_key", "terraform/aws_subnet", "terraform/aws_eks_cluster");

    /// A small plan with everything that a plan can have, so that each change hits something.
    static final String SEED =
            """
            {"format_version": "1.2", "terraform_version": "1.11.4",
             "planned_values": {"root_module": {}},
             "resource_changes": [
              {"address": "aws_kms_key.eks", "mode": "managed", "type": "aws_kms_key", "name": "eks",
               "change": {"actions": ["create"], "after": {"enable_key_rotation": true,
                "deletion_window_in_days": 3e1, "tags": null}, "after_unknown": {"arn": true, "policy": true}}},
              {"address": "aws_subnet.public[\\"a\\"]", "mode": "managed", "type": "aws_subnet",
               "name": "public", "index": "a", "change": {"actions": ["update"],
                "after": {"map_public_ip_on_launch": false}, "after_unknown": {"tags_all": {"a": true}}}},
              {"address": "aws_eks_cluster.this", "mode": "managed", "type": "aws_eks_cluster",
               "name": "this", "change": {"actions": ["delete", "create"],
                "after": {"enabled_cluster_log_types": ["api", "audit"],
                 "vpc_config": [{"endpoint_public_access": false, "subnet_ids": ["a", null]}]},
                "after_unknown": {"vpc_config": [{"subnet_ids": [false, true]}], "identity": true}}},
              {"address": "module.logs[0].acme_thing.x[1]", "module_address": "module.logs[0]",
               "mode": "managed", "type": "acme_thing", "name": "x", "index": 1,
               "change": {"actions": ["create"], "after": {"rule": [{"a": "1"}, {"a": -0.5}]},
                "after_unknown": {"rule": [{"b": true}]}}},
              {"address": "aws_vpc.gone", "mode": "managed", "type": "aws_vpc", "name": "gone",
               "change": {"actions": ["delete"], "after": null, "after_unknown": {}}}],
             "prior_state": {"values": {"root_module": {"resources": [
               {"address": "data.aws_iam_policy_document.p", "mode": "data",
                "type": "aws_iam_policy_document", "name": "p",
                "values": {"statement": [{"actions": ["*"], "resources": ["*"]}]}}],
              "child_modules": [{"address": "module.logs[0]", "resources": []}]}}},
             "configuration": {"root_module": {
               "resources": [
                {"address": "aws_kms_key.eks", "expressions": {
                 "policy": {"references": ["data.aws_iam_policy_document.p.json", "data.aws_iam_policy_document.p"]},
                 "enable_key_rotation": {"references": ["var.some"]}}},
                {"address": "aws_eks_cluster.this", "expressions": {
                 "enabled_cluster_log_types": {"constant_value": ["api"]},
                 "vpc_config": [{"subnet_ids": {"references": ["module.logs[0].ids", "module.logs"]},
                  "endpoint_public_access": {"references": ["var.some"]}}]}}],
               "module_calls": {"logs": {"expressions": {"n": {"references": ["aws_vpc.gone.id"]}},
                "module": {"outputs": {"ids": {"expression": {"references": ["var.n", "acme_thing.x[0].id"]}}},
                 "resources": [{"address": "acme_thing.x", "expressions": {
                  "rule": [{"b": {"references": ["var.n", "each.key"]}}]}}]}}}}}}
            """;

    /// Resources of {@link #SEED} and of the tests' `/plans/cluster.json`, with everything left
    /// open.
    private static final String SOURCE =
            """
            variable "some" {}

            resource "aws_kms_key" "eks" {
              enable_key_rotation = var.some
              policy              = var.some
            }

            resource "aws_subnet" "public" {
              for_each                = var.some
              map_public_ip_on_launch = var.some
            }

            resource "aws_eks_cluster" "this" {
              enabled_cluster_log_types = var.some
              vpc_config {
                endpoint_public_access = var.some
              }
            }
            """;

    private static final Scan SOME_RULES =
            new Scan(
                    RuleCatalog.of(
                            RuleCatalog.builtIn().rules().stream()
                                    .filter(rule ->
                                            rule.subjects().stream().anyMatch(KINDS::contains))
                                    .toArray(Rule[]::new)));

    private static final int UNDECIDED =
            SOME_RULES
                    .ofChange(Artifacts.of(Artifact.of("main.tf", SOURCE)), null)
                    .unknowns()
                    .size();

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
                    "\\u00",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "1e999",
                    "-0",
                    "[[[[[[[[",
                    "\"values\": 1,",
                    "\"address\": null,",
                    "\"address\": \"module.a[\\\"",
                    "\"index\": {},",
                    "\"mode\": \"data\",",
                    "\"after_unknown\": true,",
                    "\"after_unknown\": {\"a\": [true]},",
                    "\"actions\": [],",
                    "\"references\": [\"a\", 1],",
                    "\"child_modules\": [{}],",
                    "\"expressions\": [],",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "😀");

    /// What stands where something else is expected.
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "-0.5",
                    "1e999",
                    "123456789012345678901234567890",
                    "\"\"",
                    "\"a\"",
                    "\"module.a[\\\"\"",
                    "\"\\u0000\\ud800\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[[{}]]",
                    "{\"references\": [\"var.n\", 1, null, \"module.logs.ids\"]}");

    private static final int MOST_CHANGES = 4;

    /// Keeps numbers that no `double` can hold.
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Mutation mutation;
    private final Random random;

    PlanFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
        random = new Random(seed);
    }

    /// Damaged as a text, which is mostly no JSON any more, or as JSON, which is then no good plan.
    String mutant(String text) {
        if (random.nextInt(4) == 0) {
            return mutation.of(text);
        }
        try {
            JsonNode plan = JSON.readTree(text);
            int changes = 1 + random.nextInt(MOST_CHANGES);
            for (int i = 0; i < changes; i++) {
                change(plan);
            }
            return plan.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the seed is no JSON", e);
        }
    }

    /// Puts another value in the place of one, or takes it out.
    private void change(JsonNode plan) throws JsonProcessingException {
        List<JsonNode> all = new ArrayList<>();
        collect(plan, all);
        JsonNode other =
                random.nextInt(3) == 0
                        ? all.get(random.nextInt(all.size())).deepCopy()
                        : JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        JsonNode parent = all.get(random.nextInt(all.size()));
        if (parent instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), other);
        } else if (parent instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.set(name, other);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.forEach(child -> collect(child, into));
    }

    /// Reads the plan and lets it decide what {@link #SOURCE} leaves open, by few rules: what is
    /// tried is the reader and the merge, a thousandth of a whole scan.
    ///
    /// @return whether the text is a plan and decides something
    static boolean decides(String text) {
        ScanResult result = SOME_RULES.ofChange(Artifacts.of(Artifact.of("main.tf", SOURCE)), text);
        if (!result.errors().isEmpty()) {
            throw new IllegalStateException(result.errors().getFirst().text());
        }
        return result.unknowns().size() < UNDECIDED;
    }

    /// @return what the rules say of the plan
    static ScanResult read(String text) {
        // As it lies on a disk, where half a character is none.
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Artifact plan = Artifact.of(new ArtifactName("plan.json"), bytes);
        ScanResult result = new Scan(RuleCatalog.builtIn()).of(Artifacts.of(plan));
        if (!result.errors().isEmpty()) {
            throw new IllegalStateException(result.errors().getFirst().text());
        }
        return result;
    }

    static void main(String[] arguments) throws IOException {
        List<String> seeds = new ArrayList<>(List.of(SEED));
        FuzzRun.seeds(Path.of(arguments[0]), name -> name.endsWith(".json")).stream()
                .filter(PlanModule::isPlan)
                .forEach(seeds::add);
        PlanFuzz fuzz = new PlanFuzz(1);
        FuzzRun.of("plans", seeds, fuzz::mutant, Integer.parseInt(arguments[1]), PlanFuzz::decides);
    }
}
