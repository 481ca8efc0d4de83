package dev.devopspack.gate.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerraformQualityTest {
    private static final String ABSENT = "Terraform was not found on the PATH";

    private static final String PINNED =
            """
            terraform {
              required_version = ">= 1.10"

              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = "~> 6.0"
                }
              }
            }

            """;

    @Test
    void moduleInOrderPassesEveryStep() {
        QualityResult result =
                judge(
                        new Accepting(),
                        PINNED
                                + """
                                variable "zones" {
                                  type    = list(string)
                                  default = ["a", "b"]
                                }

                                resource "aws_subnet" "each" {
                                  for_each = toset(var.zones)

                                  vpc_id            = "vpc-1"
                                  availability_zone = each.value
                                }
                                """);

        assertEquals(
                List.of(
                        "parse PASSED",
                        "canonical-format PASSED",
                        "references PASSED",
                        "schema PASSED",
                        "versions-pinned PASSED",
                        "self-contained PASSED",
                        "terraform-fmt PASSED",
                        "terraform-init PASSED",
                        "terraform-validate PASSED",
                        "terraform-plan PASSED",
                        "terraform-show PASSED"),
                told(result));
        assertTrue(result.passes(TerraformPolicy.REQUIRED));
    }

    @Test
    void withoutTerraformItsStepsAreSkippedWhichOnlyTheTrialPolicyAccepts() {
        QualityResult result = judge(PINNED);

        assertEquals(
                5,
                result.steps().stream()
                        .filter(step ->
                                step.outcome() == QualityStep.Outcome.SKIPPED
                                        && step.detail().equals(ABSENT))
                        .count());
        assertFalse(result.passes(TerraformPolicy.REQUIRED));
        assertTrue(result.passes(TerraformPolicy.IF_PRESENT));
    }

    @Test
    void argumentsBlocksAndTypesAreComparedWithTheSchema() {
        QualityResult result =
                judge(
                        PINNED
                                + """
                                resource "aws_eks_cluster" "main" {
                                  name        = "main"
                                  roll_arn    = "arn"
                                  arn         = "arn"
                                  tags        = ["a"]
                                  vpc_config  = {}
                                  version_map = 1
                                  tags_all {
                                    a = 1
                                  }
                                }

                                resource "aws_security_group_rule" "open" {
                                  from_port         = "https"
                                  to_port           = "443"
                                  protocol          = 6
                                  type              = "ingress"
                                  security_group_id = null
                                }
                                """);

        assertEquals(
                List.of(
                        "12 aws_eks_cluster.main: 'role_arn' is required. Add role_arn = ...",
                        "14 aws_eks_cluster.main: 'roll_arn' is no argument of it. Write 'role_arn'",
                        "15 aws_eks_cluster.main: 'arn' is decided by the provider. Leave it out",
                        "16 aws_eks_cluster.main: 'tags' takes a map whose values are each a string, but is given a list. Give it a map whose values are each a string",
                        "17 aws_eks_cluster.main: 'vpc_config' is a block, not an argument. Write vpc_config { ... } without '='",
                        "18 aws_eks_cluster.main: 'version_map' is no argument of it. Leave it out",
                        "19 aws_eks_cluster.main: 'tags_all' is an argument, not a block. Write tags_all = ...",
                        "24 aws_security_group_rule.open: 'security_group_id' is required. Add security_group_id = ...",
                        "25 aws_security_group_rule.open: 'from_port' takes a number, but is given a string. Give it a number"),
                findings(result, "schema"));
    }

    @Test
    void blocksAreCountedAndLookedIntoAlsoWhereTheyAreDynamic() {
        QualityResult result =
                judge(
                        PINNED
                                + """
                                resource "aws_eks_cluster" "main" {
                                  name     = "main"
                                  role_arn = "arn"
                                  vpc_config {
                                    subnet_ids = ["a"]
                                    subnets    = ["a"]
                                  }
                                  vpc_config {
                                    subnet_ids = ["a"]
                                  }
                                  dynamic "access_config" {
                                    for_each = [1]
                                    content {
                                      mode = "API"
                                    }
                                  }
                                }

                                resource "aws_eks_cluster" "none" {
                                  count    = 0
                                  name     = "main"
                                  role_arn = "arn"
                                }
                                """);

        assertEquals(
                List.of(
                        "17 aws_eks_cluster.main: 'vpc_config.subnets' is no argument of it. Write 'subnet_ids'",
                        "19 aws_eks_cluster.main: 'vpc_config' stands here 2 times, but only one is taken. Keep one",
                        "25 aws_eks_cluster.main: 'access_config.mode' is no argument of it. Leave it out",
                        "30 aws_eks_cluster.none: 'vpc_config' is required. Add a block vpc_config { ... }"),
                findings(result, "schema"));
    }

    @Test
    void secretGivenToTheWrongArgumentIsNotRepeated() {
        QualityResult result =
                judge(
                        PINNED
                                + "resource \"aws_vpc\" \"a\" {\n  enable_dns_support = \"hunter2\"\n}\n");

        assertFalse(result.toString().contains("hunter2"));
    }

    @Test
    void mistypedTypeFailsAndUnknownTypeIsOnlySkipped() {
        QualityResult mistyped = judge(PINNED + "resource \"aws_s3_buckett\" \"a\" {}\n");
        QualityResult unknown = judge(PINNED + "resource \"aws_hologram_projector\" \"a\" {}\n");

        assertEquals(
                List.of("12 'aws_s3_buckett' is not known to aws 6.66.0. Write 'aws_s3_bucket'"),
                findings(mistyped, "schema"));
        assertEquals(
                "SKIPPED not known here: 'aws_hologram_projector' is not known to aws 6.66.0",
                outcome(unknown, "schema"));
    }

    @Test
    void moduleForAnotherVersionOfTheProviderIsNotWrong() {
        QualityResult result =
                judge(
                        PINNED.replace("~> 6.0", "~> 5.0")
                                + "resource \"aws_vpc\" \"a\" {\n  enable_classiclink = true\n}\n");

        assertEquals(
                "SKIPPED written for hashicorp/aws ~> 5.0, while the schema here is of 6.66.0",
                outcome(result, "schema"));
    }

    @Test
    void providerWithoutAPackIsSkippedByName() {
        QualityResult result =
                judge(PINNED + "resource \"random_id\" \"a\" {\n  byte_length = 4\n}\n");

        assertEquals(
                "SKIPPED not known here: hashicorp/random has no schema pack",
                outcome(result, "schema"));
        assertEquals(
                "SKIPPED No schema pack for hashicorp/random: terraform cannot be run offline",
                outcome(result, "terraform-plan"));
    }

    @Test
    void versionsMustBePinned() {
        QualityResult result =
                judge(
                        """
                        terraform {
                          required_providers {
                            aws = {
                              source  = "hashicorp/aws"
                              version = ">= 6.0"
                            }
                            google = {
                              source = "hashicorp/google"
                            }
                          }
                        }

                        resource "kubernetes_namespace" "a" {
                          metadata {
                            name = "a"
                          }
                        }
                        """);

        assertEquals(
                List.of(
                        "1 the module does not say which terraform it needs. Add required_version = \">= 1.10\" to the terraform block",
                        "3 the version of 'hashicorp/aws' has no upper bound and the module has no .terraform.lock.hcl. Write it as \"~> X.Y\", or submit the lock file",
                        "7 the provider 'hashicorp/google' has no version constraint. Add version = \"~> X.Y\"",
                        "13 the provider 'hashicorp/kubernetes' is used, but the root module does not require a version of it. "
                                + "Add kubernetes = { source = \"hashicorp/kubernetes\", version = \"~> X.Y\" } to required_providers"),
                findings(result, "versions-pinned"));
    }

    @Test
    void lockFilePinsWhatTheConstraintLeavesOpen() {
        QualityResult result =
                new TerraformQuality(new Missing())
                        .judge(
                                Artifacts.of(
                                        Artifact.of("main.tf", PINNED.replace("~> 6.0", ">= 6.0")),
                                        Artifact.of(".terraform.lock.hcl", "")),
                                false,
                                TerraformRunner.Progress.NONE);

        assertEquals("PASSED terraform and every provider", outcome(result, "versions-pinned"));
    }

    @Test
    void unreadableFileFailsParsingAndNothingIsRun() {
        Accepting terraform = new Accepting();

        QualityResult result =
                judge(terraform, PINNED + "resource \"aws_vpc\" \"a\" {\n  cidr_block = \n");

        assertTrue(outcome(result, "parse").startsWith("FAILED"));
        assertEquals(List.of(), terraform.modules);
    }

    @Test
    void jsonSyntaxFailsSinceItIsNotRead() {
        QualityResult result =
                new TerraformQuality(new Missing())
                        .judge(
                                Artifacts.of(Artifact.of("main.tf.json", "{}")),
                                false,
                                TerraformRunner.Progress.NONE);

        assertEquals(
                List.of("0 'main.tf.json' is not read here. Write it as a .tf file"),
                findings(result, "parse"));
    }

    @Test
    void unformattedFileIsFoundWithoutTerraform() {
        QualityResult result =
                judge(
                        PINNED
                                + "locals {\n    a = 1\n  bcd = 2\n  e   = 3\n\n  f    = 4\n  g = {\n      h = 1\n  }\n}\n");

        assertEquals(
                List.of(
                        "13 the line is indented by 4, not by 2 blanks. Run terraform fmt",
                        "17 '=' does not stand in the column of its neighbours, 5. Run terraform fmt",
                        "19 the line is indented by 6, not by 4 blanks. Run terraform fmt"),
                findings(result, "canonical-format"));
    }

    @Test
    void referenceToNothingIsFound() {
        QualityResult result =
                judge(PINNED + "resource \"aws_vpc\" \"a\" {\n  cidr_block = var.missing\n}\n");

        assertEquals("FAILED 1 finding", outcome(result, "references"));
        assertEquals(13, step(result, "references").findings().getFirst().line());
    }

    @Test
    void planIsSkippedWhereAVariableHasNoValue() {
        Accepting terraform = new Accepting();

        QualityResult result =
                judge(terraform, PINNED + "variable \"region\" {\n  type = string\n}\n");

        assertEquals(
                "SKIPPED No value for region. Submit them in terraform.tfvars or a .auto.tfvars file",
                outcome(result, "terraform-plan"));
        assertEquals("PASSED offline", outcome(result, "terraform-validate"));
    }

    @Test
    void terraformThatTheModuleDoesNotWantJudgesNothing() {
        Accepting terraform = new Accepting();

        QualityResult result = judge(terraform, PINNED.replace(">= 1.10", ">= 1.99"));

        assertEquals(
                "SKIPPED The module asks for terraform >= 1.99, here is 1.11.4",
                outcome(result, "terraform-init"));
        assertEquals(List.of(), terraform.modules);
    }

    @Test
    void everyRootModuleIsRunAndCalledModulesAreNot() {
        Accepting terraform = new Accepting();
        Artifacts files =
                Artifacts.of(
                        Artifact.of(
                                "live/a/main.tf",
                                PINNED + "module \"net\" {\n  source = \"../../modules/net\"\n}\n"),
                        Artifact.of(
                                "live/b/main.tf",
                                PINNED + "module \"net\" {\n  source = \"../../modules/net\"\n}\n"),
                        Artifact.of(
                                "modules/net/main.tf",
                                "resource \"aws_vpc\" \"a\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"));

        QualityResult result =
                new TerraformQuality(terraform).judge(files, false, TerraformRunner.Progress.NONE);

        assertEquals(
                List.of("live/a", "live/b"),
                terraform.modules.stream().map(ClearedModule::root).toList());
        assertTrue(result.passes(TerraformPolicy.REQUIRED), result.toString());
    }

    @Test
    void changeSetOfVeryManyRootModulesIsNotEvaluatedButNotPassedEither() {
        Artifacts files =
                new Artifacts(
                        IntStream.rangeClosed(1, 51)
                                .mapToObj(i -> Artifact.of("live/" + i + "/main.tf", PINNED))
                                .toList());

        QualityResult result =
                new TerraformQuality(new Accepting())
                        .judge(files, false, TerraformRunner.Progress.NONE);

        assertEquals(
                "SKIPPED There are more than 50 root modules. Submit them in parts",
                outcome(result, "references"));
        assertEquals(
                "SKIPPED There are 51 root modules, more than 5. Submit them in parts",
                outcome(result, "terraform-plan"));
    }

    private static QualityResult judge(String text) {
        return judge(new Missing(), text);
    }

    private static QualityResult judge(TerraformRunner runner, String text) {
        return new TerraformQuality(runner)
                .judge(
                        Artifacts.of(Artifact.of("main.tf", text)),
                        false,
                        TerraformRunner.Progress.NONE);
    }

    private static List<String> told(QualityResult result) {
        return result.steps().stream().map(step -> step.id() + " " + step.outcome()).toList();
    }

    private static QualityStep step(QualityResult result, String id) {
        return result.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String outcome(QualityResult result, String id) {
        return step(result, id).outcome() + " " + step(result, id).detail();
    }

    private static List<String> findings(QualityResult result, String id) {
        return step(result, id).findings().stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparing(Finding::message))
                .map(finding -> finding.line() + " " + finding.message() + ". " + finding.mend())
                .toList();
    }

    /// A machine without terraform.
    private static final class Missing implements TerraformRunner {
        @Override
        public Availability availability() {
            return new Availability.Absent(ABSENT);
        }

        @Override
        public TerraformRun run(
                ClearedModule module, Set<TerraformCommand> commands, Progress progress) {
            return new TerraformRun(
                    commands.stream()
                            .sorted()
                            .map(command ->
                                    new TerraformRun.Result(
                                            command, new TerraformRun.Outcome.Skipped(ABSENT)))
                            .toList(),
                    Optional.empty(),
                    "offline");
        }
    }

    /// A terraform that finds everything in order, and remembers what it was given.
    private static final class Accepting implements TerraformRunner {
        private final List<ClearedModule> modules = new ArrayList<>();

        @Override
        public Availability availability() {
            return new Availability.Present("1.11.4", true);
        }

        @Override
        public TerraformRun run(
                ClearedModule module, Set<TerraformCommand> commands, Progress progress) {
            modules.add(module);
            return new TerraformRun(
                    commands.stream()
                            .sorted()
                            .map(command ->
                                    new TerraformRun.Result(
                                            command, new TerraformRun.Outcome.Passed()))
                            .toList(),
                    Optional.of("{}"),
                    "offline");
        }
    }
}
