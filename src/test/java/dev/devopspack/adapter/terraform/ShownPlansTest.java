package dev.devopspack.adapter.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.process.OutsideCommand;
import dev.devopspack.adapter.process.OutsideProcess;
import dev.devopspack.adapter.process.OutsideResult;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.gate.quality.PlanFiles.Shown;
import dev.devopspack.review.PlanJson;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownPlansTest {

    private static final String SECRET = "a-password-in-clear";

    private static final String MODULE =
            """
            terraform {
              required_providers {
                aws = {
                  source = "hashicorp/aws"
                }
              }
            }

            variable "password" {
              type      = string
              sensitive = true
            }

            resource "aws_db_instance" "main" {
              instance_class = "db.t3.large"
              password       = var.password
            }
            """;

    @TempDir Path folder;

    @Test
    void aPlanFileIsReadByTerraformAndKeptOnlyMasked() throws IOException {
        Path terraform = Tools.require("terraform");
        try (OfflineProviders providers = new OfflineProviders()) {
            byte[] plan = planned(MODULE, terraform, providers);

            Shown shown = new ShownPlans(providers, Optional.empty()).show(plan);

            String json = assertInstanceOf(Shown.Json.class, shown).text();
            GivenPlan given = PlanJson.read(json).given(Digest.of(plan), GivenPlan.Source.DERIVED);
            assertTrue(json.contains(SECRET), "terraform shows it in clear");
            assertFalse(given.maskedJson().contains(SECRET));
            assertTrue(given.maskedJson().contains("aws_db_instance.main"));
        }
    }

    @Test
    void aPlanOfWhatIsBuiltIntoTerraformNeedsNoProvider() throws IOException {
        Path terraform = Tools.require("terraform");
        try (OfflineProviders providers = new OfflineProviders()) {
            byte[] plan =
                    planned("resource \"terraform_data\" \"release\" {}\n", terraform, providers);

            Shown shown = new ShownPlans(providers, Optional.empty()).show(plan);

            assertTrue(
                    assertInstanceOf(Shown.Json.class, shown)
                            .text()
                            .contains("terraform_data.release"));
        }
    }

    @Test
    void whatIsNoPlanFileIsRefusedWithoutItsWords() {
        Tools.require("terraform");
        try (OfflineProviders providers = new OfflineProviders()) {
            ShownPlans plans = new ShownPlans(providers, Optional.empty());

            for (byte[] hostile : List.of(new byte[0], "PK".getBytes(), new byte[100_000])) {
                assertInstanceOf(Shown.Failed.class, plans.show(hostile));
            }
        }
    }

    private byte[] planned(String module, Path terraform, OfflineProviders providers)
            throws IOException {
        Files.writeString(folder.resolve("main.tf"), module);
        Map<String, String> environment =
                Map.of(
                        "HOME",
                        folder.toString(),
                        "PATH",
                        "/usr/bin:/bin",
                        "CHECKPOINT_DISABLE",
                        "1",
                        "TF_REATTACH_PROVIDERS",
                        providers.reattach(List.of("aws")),
                        "TF_VAR_password",
                        SECRET);
        for (List<String> arguments :
                List.of(
                        List.of(terraform.toString(), "init", "-no-color"),
                        List.of(terraform.toString(), "plan", "-no-color", "-out=plan.bin"))) {
            OutsideResult result =
                    OutsideProcess.run(
                            new OutsideCommand(
                                    arguments,
                                    folder,
                                    environment,
                                    Duration.ofSeconds(90),
                                    1_000_000));
            assertEquals(
                    0,
                    assertInstanceOf(OutsideResult.Finished.class, result).exitCode(),
                    result::toString);
        }
        return Files.readAllBytes(folder.resolve("plan.bin"));
    }
}
