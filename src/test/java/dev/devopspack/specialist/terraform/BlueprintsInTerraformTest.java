package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.terraform.OfflineProviders;
import dev.devopspack.adapter.terraform.TerraformCli;
import dev.devopspack.change.Artifacts;
import dev.devopspack.gate.quality.Clearance;
import dev.devopspack.gate.quality.ForeignFileCheck;
import dev.devopspack.gate.quality.QualityResult;
import dev.devopspack.gate.quality.QualityStep;
import dev.devopspack.gate.quality.TerraformCommand;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.gate.quality.TerraformRun;
import dev.devopspack.gate.quality.TerraformRun.Outcome.Passed;
import dev.devopspack.gate.quality.TerraformRun.Result;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.Tools;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the blueprints give is accepted by terraform itself, without registry, cloud or
/// credentials.
class BlueprintsInTerraformTest {

    private static final ConfigurationGeneration CAPABILITY =
            new ConfigurationGeneration(BlueprintCatalog.shipped("terraform"));
    private static final Set<TerraformCommand> ALL = EnumSet.allOf(TerraformCommand.class);
    private static final Set<TerraformCommand> WITHOUT_TESTS =
            EnumSet.complementOf(EnumSet.of(TerraformCommand.TEST_BLUEPRINT));

    private static OfflineProviders offline;

    @BeforeAll
    static void start() {
        Tools.require("terraform");
        offline = new OfflineProviders();
    }

    @AfterAll
    static void stop() {
        if (offline != null) {
            offline.close();
        }
    }

    @Test
    void theExampleFormatsValidatesPlansAndPassesItsTests() {
        TerraformRun run = run(files(CAPABILITY.example(), "production"), "", ALL);

        assertEquals(allPassed(ALL), run.results());
        String planned = run.plannedJson().orElseThrow();
        assertTrue(planned.contains("\"desired_size\":3"), planned);
        assertTrue(planned.contains("\"deletion_protection\":true"), planned);
    }

    /// Another environment and every optional input: the tests of the module do not depend on the
    /// values beside it.
    @Test
    void anotherEnvironmentWithEveryInputPassesAsWell() {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("type", "eks_cluster");
        cluster.put("name", "orders");
        cluster.put("node_count", 5L);
        cluster.put("region", "ca-central-1");
        cluster.put("vpc_cidr", "10.40.0.0/18");
        cluster.put("kubernetes_version", "1.34");
        cluster.put("nat_gateway_per_zone", true);
        cluster.put("deletion_protection", true);
        cluster.put("admin_principal_arns", List.of("arn:aws:iam::111122223333:role/admin"));
        cluster.put("api_access_cidrs", List.of("10.8.0.0/16", "192.168.4.0/24"));
        cluster.put("instance_types", List.of("m7g.large", "m6g.large"));
        cluster.put("ami_type", "AL2023_ARM_64_STANDARD");
        cluster.put("node_min", 4L);
        cluster.put("node_max", 12L);
        cluster.put("node_disk_gib", 80L);
        cluster.put("addon_versions", Map.of("coredns", "v1.12.4-eksbuild.1"));
        cluster.put("log_retention_days", 731L);
        cluster.put("owner", "Équipe Plateforme");
        cluster.put("cost_center", "4711");
        cluster.put("tags", Map.of("Data Class", "internal"));
        cluster.put("state_bucket", "example-state");

        TerraformRun run = run(files(Map.of("resources", List.of(cluster)), "staging"), "", ALL);

        assertEquals(allPassed(ALL), run.results());
    }

    @Test
    void eachOfSeveralModulesStandsOnItsOwn() {
        Map<String, Object> input =
                Map.of("resources", List.of(cluster("orders"), cluster("billing")));

        TerraformRun run = run(files(input, "staging"), "billing", WITHOUT_TESTS);

        assertEquals(allPassed(WITHOUT_TESTS), run.results());
    }

    @Test
    void everyStepOfTheQualityGatePasses() {
        QualityResult result =
                new TerraformQuality(new TerraformCli(offline, Optional.empty()))
                        .judge(
                                files(CAPABILITY.example(), "production"),
                                true,
                                TerraformRunner.Progress.NONE);

        assertEquals(
                List.of(),
                result.steps().stream()
                        .filter(step -> step.outcome() != QualityStep.Outcome.PASSED)
                        .toList());
    }

    private static Map<String, Object> cluster(String name) {
        return Map.of("type", "eks_cluster", "name", name, "node_count", 2L);
    }

    private static List<Result> allPassed(Set<TerraformCommand> commands) {
        return commands.stream().map(command -> new Result(command, new Passed())).toList();
    }

    private static Artifacts files(Map<String, Object> input, String environment) {
        return assertInstanceOf(
                        Outcome.Proposal.class,
                        CAPABILITY.perform(
                                CAPABILITY.read(input),
                                new Work(
                                        input.containsKey("environment")
                                                ? null
                                                : new Environment(environment),
                                        null)))
                .artifacts();
    }

    private static TerraformRun run(Artifacts files, String root, Set<TerraformCommand> commands) {
        Clearance clearance = ForeignFileCheck.checkBlueprint(files, root);
        return new TerraformCli(offline, Optional.empty())
                .run(
                        assertInstanceOf(Clearance.Cleared.class, clearance).module(),
                        commands,
                        TerraformRunner.Progress.NONE);
    }
}
