package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.intake.TaskReader;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Task;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerraformSpecialistTest {

    private static final TerraformSpecialist SPECIALIST = new TerraformSpecialist();

    @Test
    void aTaskInYamlAndTheSameInJsonGiveTheSameFiles() {
        String json =
                """
                {"type": "devops.infrastructure", "environment": "production", "input": {
                  "resources": [{"node_count": 3, "name": "production", "type": "eks_cluster"}]}}
                """;

        assertEquals(proposal(TaskReader.EXAMPLE).artifacts(), proposal(json).artifacts());
    }

    @Test
    void anUnknownCapabilityIsAnsweredWithTheNearest() {
        assertEquals(
                "/capability: devops_terraform has no capability of that name. Did you mean"
                        + " 'configuration_generation'? It has: configuration_generation.",
                assertThrows(
                                InvalidInput.class,
                                () -> SPECIALIST.capability("configuration_generaton"))
                        .getMessage());
    }

    /// Whatever stands in the fields, the answer is files, a question or a refusal.
    @Test
    void anyInputIsAnswered() {
        Random random = new Random(20_260_102);
        ConfigurationGeneration capability = capability();
        List<String> names = new ArrayList<>(List.of("type", "unknown", "", "\u202E", "a/b~c"));
        @SuppressWarnings("unchecked") // the schema of a resource is an object with properties
        Map<String, Map<String, Map<String, Object>>> properties =
                (Map<String, Map<String, Map<String, Object>>>)
                        capability.inputSchema().get("properties");
        Map<String, Object> resource = properties.get("resources").get("items");
        ((Map<?, ?>) resource.get("properties")).keySet().forEach(key -> names.add((String) key));

        for (int round = 0; round < 20_000; round++) {
            Map<String, Object> cluster = new LinkedHashMap<>();
            cluster.put("type", "eks_cluster");
            cluster.put("name", "orders");
            cluster.put("node_count", 3L);
            for (int i = random.nextInt(3); i >= 0; i--) {
                cluster.put(names.get(random.nextInt(names.size())), value(random, 0));
            }
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("resources", random.nextInt(50) == 0 ? value(random, 0) : List.of(cluster));
            if (random.nextInt(20) == 0) {
                input.put("environment", value(random, 2));
            }

            assertDoesNotThrow(() -> answer(capability, input), input::toString);
        }
    }

    private static void answer(ConfigurationGeneration capability, Map<String, Object> input) {
        try {
            capability.perform(capability.read(input), new Work(Environment.PRODUCTION, null));
        } catch (InvalidInput refused) {
            assertEquals("/input", refused.where().substring(0, 6));
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth < 3 ? 9 : 7)) {
            case 0 -> "";
            case 1 ->
                    List.of("${x}", "eu-west-1", "10.0.0.0/16", "1.35", "\uD800", "a\nb")
                            .get(random.nextInt(6));
            case 2 -> random.nextLong();
            case 3 -> (long) random.nextInt(-5, 1_000);
            case 4 -> new BigDecimal("1e" + random.nextInt(-400, 400));
            case 5 -> random.nextBoolean();
            case 6 -> "x".repeat(random.nextInt(4_000));
            case 7 -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(random, depth + 1));
                }
                yield items;
            }
            default -> {
                Map<String, Object> pairs = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    pairs.put(
                            List.of("a", "coredns", "", "\u0000", "aws:x").get(random.nextInt(5)),
                            value(random, depth + 1));
                }
                yield pairs;
            }
        };
    }

    private static Outcome.Proposal proposal(String text) {
        Task task = TaskReader.read(text).task();
        ConfigurationGeneration capability = capability();
        return assertInstanceOf(
                Outcome.Proposal.class,
                capability.perform(
                        capability.read(task.input()), new Work(task.environment(), task.stack())));
    }

    private static ConfigurationGeneration capability() {
        Capability<?> first = SPECIALIST.capabilities().getFirst();
        return assertInstanceOf(ConfigurationGeneration.class, first);
    }
}
