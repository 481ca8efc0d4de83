package dev.devopspack.adapter.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.gate.quality.Clearance;
import dev.devopspack.gate.quality.ClearedModule;
import dev.devopspack.gate.quality.ForeignFileCheck;
import dev.devopspack.gate.quality.TerraformCommand;
import dev.devopspack.gate.quality.TerraformRun;
import dev.devopspack.gate.quality.TerraformRun.Outcome;
import dev.devopspack.gate.quality.TerraformRun.Problem;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.gate.quality.UncheckedModules;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformCliTest {
    private static final Set<TerraformCommand> ALL_BUT_TESTS =
            EnumSet.complementOf(EnumSet.of(TerraformCommand.TEST_BLUEPRINT));

    private static final OfflineProviders PROVIDERS = new OfflineProviders();
    private static Path terraform;

    @TempDir Path folder;

    @BeforeAll
    static void findTerraform() {
        terraform = Tools.require("terraform");
    }

    @AfterAll
    static void stopProviders() {
        PROVIDERS.close();
    }

    @Test
    void moduleWithBackendPassesEveryStepAndGivesPlannedValues() throws IOException {
        TerraformRun run =
                run(
                        """
                        terraform {
                          required_version = ">= 1.10"
                          backend "s3" {
                            bucket = "state"
                          }
                          required_providers {
                            aws = {
                              source  = "hashicorp/aws"
                              version = "~> 6.0"
                            }
                          }
                        }

                        data "aws_availability_zones" "here" {}

                        resource "aws_vpc" "main" {
                          cidr_block = "10.0.0.0/16"
                        }

                        resource "aws_subnet" "first" {
                          vpc_id            = aws_vpc.main.id
                          availability_zone = data.aws_availability_zones.here.names[0]
                          cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, 0)
                        }
                        """);

        assertEquals(
                List.of(
                        "FMT passed",
                        "INIT passed",
                        "VALIDATE passed",
                        "PLAN passed",
                        "SHOW passed"),
                told(run));
        assertEquals(
                "offline: schema-checked against aws 6.66.0, not cloud-checked", run.marking());
        JsonNode planned =
                new ObjectMapper()
                        .readTree(run.plannedJson().orElseThrow())
                        .at("/planned_values/root_module/resources");
        assertEquals(
                "aws_subnet.first 10.0.0.0/20",
                planned.get(0).path("address").asText()
                        + " "
                        + planned.get(0).at("/values/cidr_block").asText());
    }

    @Test
    void errorsKeepTheirFileLineAndColumnAlthoughTheBackendIsTakenOut() {
        TerraformRun run =
                run(
                        """
                        terraform {
                          backend "s3" {
                            bucket = "state"
                          }
                        }

                        resource "aws_vpc" "main" {
                          cidr_blok = "10.0.0.0/16"
                        }
                        """);

        Outcome.Failed failed =
                assertInstanceOf(Outcome.Failed.class, run.results().get(2).outcome());
        Problem problem = failed.problems().getFirst();
        assertEquals(new Problem("main.tf", 8, 3, problem.message()), problem);
        assertTrue(
                problem.message().contains("\"cidr_blok\" is not expected here"),
                problem.message());
        assertEquals(
                List.of(
                        "FMT passed",
                        "INIT passed",
                        "VALIDATE failed",
                        "PLAN skipped: terraform-validate did not pass",
                        "SHOW skipped: terraform-validate did not pass"),
                told(run));
    }

    @Test
    void unformattedFileFailsItsStepAndTheOthersGoOn() {
        TerraformRun run = run("variable   \"a\" {\n  default=1\n}\n");

        assertEquals(
                new Outcome.Failed(
                        List.of(
                                new Problem(
                                        "main.tf",
                                        0,
                                        0,
                                        "terraform fmt would write it differently"))),
                run.results().getFirst().outcome());
        assertEquals(
                List.of(
                        "FMT failed",
                        "INIT passed",
                        "VALIDATE passed",
                        "PLAN passed",
                        "SHOW passed"),
                told(run));
    }

    @Test
    void localModuleBesideTheRootIsFoundAndItsErrorsAreNamedByArtifact() {
        Artifacts files =
                Artifacts.of(
                        Artifact.of(
                                "live/main.tf", "module \"a\" {\n  source = \"../modules/a\"\n}\n"),
                        Artifact.of(
                                "modules/a/main.tf",
                                "output \"x\" {\n  value = local.missing\n}\n"));

        TerraformRun run =
                cli().run(cleared(files, "live"), ALL_BUT_TESTS, TerraformRunner.Progress.NONE);

        Outcome.Failed failed =
                assertInstanceOf(Outcome.Failed.class, run.results().get(2).outcome());
        assertEquals(
                "modules/a/main.tf:2",
                failed.problems().getFirst().file() + ":" + failed.problems().getFirst().line());
    }

    @Test
    void helmAndKubernetesModulesPlan() {
        TerraformRun run =
                run(
                        """
                        provider "helm" {
                          kubernetes = {
                            host = "https://cluster.example"
                          }
                        }

                        resource "kubernetes_namespace" "shop" {
                          metadata {
                            name = "shop"
                          }
                        }

                        resource "helm_release" "shop" {
                          name      = "shop"
                          chart     = "./chart"
                          namespace = kubernetes_namespace.shop.metadata[0].name
                          values    = []
                          set       = [{ name = "replicas", value = "2" }]
                        }
                        """);

        assertEquals(
                List.of(
                        "FMT passed",
                        "INIT passed",
                        "VALIDATE passed",
                        "PLAN passed",
                        "SHOW passed"),
                told(run));
        assertEquals(
                "offline: schema-checked against helm 3.1.1, kubernetes 2.38.0, not cloud-checked",
                run.marking());
    }

    @Test
    void googleAndAzureResourcesThatReferToEachOtherPlan() {
        TerraformRun run =
                run(
                        """
                        provider "azurerm" {
                          features {}
                          subscription_id = "00000000-0000-0000-0000-000000000000"
                        }

                        resource "azurerm_resource_group" "shop" {
                          name     = "shop"
                          location = "westeurope"
                        }

                        resource "azurerm_role_assignment" "reader" {
                          scope                = azurerm_resource_group.shop.id
                          role_definition_name = "Reader"
                          principal_id         = "00000000-0000-0000-0000-000000000000"
                        }

                        resource "google_compute_network" "shop" {
                          name                    = "shop"
                          auto_create_subnetworks = false
                        }

                        resource "google_compute_subnetwork" "shop" {
                          name          = "shop"
                          network       = google_compute_network.shop.id
                          ip_cidr_range = "10.0.0.0/24"
                        }
                        """);

        assertEquals(
                List.of(
                        "FMT passed",
                        "INIT passed",
                        "VALIDATE passed",
                        "PLAN passed",
                        "SHOW passed"),
                told(run));
    }

    @Test
    void moduleThatWouldFillTheMemoryIsStopped() {
        TerraformRun run =
                run(
                        """
                        locals {
                          a = "xxxxxxxxxxxxxxxxxxxx"
                          b = join("", [for i in range(1000) : local.a])
                          c = join("", [for i in range(1000) : local.b])
                          d = join("", [for i in range(1000) : local.c])
                        }

                        output "size" {
                          value = length(local.d)
                        }
                        """);

        assertFalse(run.passed());
        assertEquals("VALIDATE failed", told(run).get(2));
    }

    @Test
    void nothingIsLeftBehindAndNothingOfOursIsSeen() throws IOException {
        Path canary = Files.writeString(folder.resolve("canary"), "do not read me");
        List<Path> before = workspaces();

        TerraformRun run =
                cli().run(uncheckedReader(canary), ALL_BUT_TESTS, TerraformRunner.Progress.NONE);

        boolean isolated = ((TerraformRunner.Availability.Present) cli().availability()).isolated();
        assertEquals(isolated, !run.plannedJson().orElse("").contains("do not read me"));
        assertEquals(before, workspaces());
    }

    @Test
    void progressNamesEachCommandAsItStarts() {
        List<String> told = new ArrayList<>();

        cli().run(
                        cleared(Artifacts.of(Artifact.of("main.tf", "locals {\n  a = 1\n}\n")), ""),
                        ALL_BUT_TESTS,
                        told::add);

        assertEquals(
                List.of(
                        "terraform fmt",
                        "terraform init",
                        "terraform validate",
                        "terraform plan",
                        "terraform show"),
                told);
    }

    @Test
    void testsOfForeignModulesNeverRun() {
        ClearedModule module =
                cleared(Artifacts.of(Artifact.of("main.tf", "locals {\n  a = 1\n}\n")), "");

        assertThrows(
                IllegalArgumentException.class,
                () ->
                        cli().run(
                                        module,
                                        EnumSet.of(TerraformCommand.TEST_BLUEPRINT),
                                        TerraformRunner.Progress.NONE));
    }

    @Test
    void mockedTestsOfABlueprintRunWithoutApplying() {
        Artifacts files =
                Artifacts.of(
                        Artifact.of(
                                "main.tf",
                                "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"),
                        Artifact.of(
                                "tests/vpc.tftest.hcl",
                                """
                                mock_provider "aws" {}

                                run "made" {
                                  assert {
                                    condition     = aws_vpc.main.cidr_block == "10.0.0.0/16"
                                    error_message = "wrong range"
                                  }
                                }
                                """));
        Clearance.Cleared cleared =
                assertInstanceOf(
                        Clearance.Cleared.class, ForeignFileCheck.checkBlueprint(files, ""));

        TerraformRun run =
                cli().run(
                                cleared.module(),
                                EnumSet.of(TerraformCommand.INIT, TerraformCommand.TEST_BLUEPRINT),
                                TerraformRunner.Progress.NONE);

        assertEquals(List.of("INIT passed", "TEST_BLUEPRINT passed"), told(run));
    }

    @Test
    void missingTerraformIsSaidWithTheWayToMendIt() {
        TerraformCli cli = new TerraformCli(PROVIDERS, Optional.of("/no/such/terraform"));

        assertEquals(
                new TerraformRunner.Availability.Absent(
                        "'/no/such/terraform' is not a program. Set devopspack.terraform.path to terraform 1.10 or newer"),
                cli.availability());
    }

    @Test
    void olderTerraformIsNotUsed() throws IOException {
        Path old =
                Files.writeString(
                        folder.resolve("terraform"),
                        "#!/bin/sh\necho '{\"terraform_version\":\"1.9.8\"}'\n");
        assertTrue(old.toFile().setExecutable(true));

        TerraformCli cli = new TerraformCli(PROVIDERS, Optional.of(old.toString()));

        assertEquals(
                new TerraformRunner.Availability.Absent(
                        "'"
                                + old.toRealPath()
                                + "' is terraform 1.9.8. Install 1.10 or newer, or set devopspack.terraform.path"),
                cli.availability());
    }

    /// A module that the check would refuse, to see what the isolation does on its own.
    private static ClearedModule uncheckedReader(Path canary) {
        String text = "output \"x\" {\n  value = file(\"" + canary + "\")\n}\n";
        return UncheckedModules.of(Artifacts.of(Artifact.of("main.tf", text)), List.of());
    }

    private static TerraformRun run(String text) {
        return cli().run(
                        cleared(Artifacts.of(Artifact.of("main.tf", text)), ""),
                        ALL_BUT_TESTS,
                        TerraformRunner.Progress.NONE);
    }

    private static TerraformCli cli() {
        return new TerraformCli(PROVIDERS, Optional.of(terraform.toString()));
    }

    private static ClearedModule cleared(Artifacts files, String root) {
        return switch (ForeignFileCheck.check(files, root)) {
            case Clearance.Cleared(ClearedModule module) -> module;
            case Clearance.Refused refused ->
                    throw new AssertionError(refused.findings().toString());
            case Clearance.NotServed notServed -> throw new AssertionError(notServed.why());
        };
    }

    private static List<String> told(TerraformRun run) {
        return run.results().stream()
                .map(result ->
                        result.command()
                                + switch (result.outcome()) {
                                    case Outcome.Passed _ -> " passed";
                                    case Outcome.Failed _ -> " failed";
                                    case Outcome.Skipped(String reason) -> " skipped: " + reason;
                                })
                .toList();
    }

    private static List<Path> workspaces() {
        try (Stream<Path> found = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return found.filter(path ->
                            path.getFileName().toString().startsWith("devops-pack-terraform-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
