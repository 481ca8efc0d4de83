package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GivenPlan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SemanticDifferenceTest {

    private static final ChangeSet RELEASED =
            Sample.of(
                    """
                    resource "aws_vpc" "this" {
                      cidr_block = "10.0.0.0/16"
                      tags       = { Name = "a" }
                    }
                    resource "aws_subnet" "old" {
                      for_each   = toset(["a", "b"])
                      vpc_id     = aws_vpc.this.id
                      cidr_block = "10.0.${each.key == "a" ? 1 : 2}.0/24"
                    }
                    resource "aws_s3_bucket" "logs" {
                      bucket = "logs"
                    }
                    resource "aws_db_instance" "db" {
                      password = "first-secret"
                    }
                    """);

    @Test
    void theFirstReleaseCreatesEverything() {
        ChangePlan plan = SemanticDifference.of(null, RELEASED);

        assertEquals(ChangePlan.Source.FIRST_RELEASE, plan.source());
        assertEquals(
                List.of(
                        "create aws_db_instance.db",
                        "create aws_s3_bucket.logs",
                        "create aws_subnet.old[\"a\"]",
                        "create aws_subnet.old[\"b\"]",
                        "create aws_vpc.this"),
                actions(plan));
    }

    @Test
    void theSameFilesChangeNothing() {
        ChangePlan plan = SemanticDifference.of(RELEASED, RELEASED);

        assertEquals(List.of(), plan.changes());
        assertEquals(5, plan.unchanged());
        assertEquals(
                List.of(
                        "Told from the files: which changes force a replacement is not known.",
                        "All files are those of the last release."),
                plan.notes());
    }

    @Test
    void attributesMovesAndLossesAreToldApart() {
        ChangePlan plan =
                SemanticDifference.of(
                        RELEASED,
                        Sample.of(
                                """
                                resource "aws_vpc" "this" {
                                  cidr_block = "10.0.0.0/16"
                                  tags       = { Name = "b" }
                                }
                                resource "aws_subnet" "new" {
                                  for_each   = toset(["a"])
                                  vpc_id     = aws_vpc.this.arn
                                  cidr_block = "10.0.1.0/24"
                                }
                                moved {
                                  from = aws_subnet.old
                                  to   = aws_subnet.new
                                }
                                removed {
                                  from = aws_s3_bucket.logs
                                  lifecycle {
                                    destroy = false
                                  }
                                }
                                resource "aws_db_instance" "db" {
                                  password = "other-secret"
                                }
                                resource "aws_kms_key" "k" {}
                                """));

        assertEquals(
                List.of(
                        "destroy aws_subnet.old[\"b\"]",
                        "update aws_db_instance.db password: (sensitive) -> (sensitive, changed)",
                        "update aws_subnet.new[\"a\"] vpc_id: (known after apply: aws_vpc.this.id)"
                                + " -> (known after apply: aws_vpc.this.arn)",
                        "update aws_vpc.this tags.Name: \"a\" -> \"b\"",
                        "create aws_kms_key.k",
                        "forget aws_s3_bucket.logs"),
                actions(plan));
        assertEquals("aws_subnet.old[\"a\"]", plan.with(Action.UPDATE).get(1).previousAddress());
        assertFalse(plan.canonical().contains("secret\""), plan.canonical());
    }

    @Test
    void aRootModuleBelowTheTopIsComparedWithTheOneInItsFolder() {
        Artifact called = Artifact.of("modules/queue/main.tf", queue("inner"));
        String calls = "module \"queue\" {\n  source = \"../../modules/queue\"\n}\n";
        ChangeSet released =
                Sample.of(
                        null,
                        List.of(),
                        Artifact.of("envs/a/main.tf", calls + queue("old")),
                        Artifact.of("envs/b/main.tf", queue("same")),
                        called);
        ChangeSet changed =
                Sample.of(
                        null,
                        List.of(),
                        Artifact.of(
                                "envs/a/main.tf",
                                calls
                                        + queue("new")
                                        + "moved {\n  from = aws_sqs_queue.old\n  to = aws_sqs_queue.new\n}\n"),
                        Artifact.of("envs/c/main.tf", queue("same")),
                        called);

        ChangePlan plan = SemanticDifference.of(released, changed);

        assertEquals(
                List.of(
                        "destroy envs/b:aws_sqs_queue.same",
                        "update envs/a:aws_sqs_queue.new name: \"old\" -> \"new\"",
                        "create envs/c:aws_sqs_queue.same"),
                actions(plan));
        assertEquals(
                "envs/a:aws_sqs_queue.old", plan.with(Action.UPDATE).getFirst().previousAddress());
        assertEquals(1, plan.unchanged());
        assertEquals(0, plan.notCompared());
    }

    @Test
    void whatIsNotComparedIsInTheHeadlineTheNotesTheRisksAndTheSignedText() {
        Artifact[] files =
                IntStream.range(0, SemanticDifference.MAX_ROOTS + 2)
                        .mapToObj(i ->
                                Artifact.of(
                                        "part_%03d/main.tf".formatted(i), queue("q") + queue("r")))
                        .toArray(Artifact[]::new);
        ChangeSet changeSet = Sample.of(null, List.of(), files);

        ChangePlan plan = SemanticDifference.of(null, changeSet);

        String counts =
                "NOT ALL COMPARED, 4 resources left out: 100 to create, 0 to update, 0 to replace,"
                        + " 0 to destroy";
        String note =
                "Not compared, and in no count (4 resources in 2 folders): part_050, part_051. The"
                        + " first 50 root modules are compared: submit fewer.";
        assertEquals(counts, plan.counts().text());
        assertEquals(note, plan.notes().getFirst());
        assertTrue(plan.canonical().contains("\"notCompared\":4"), plan.canonical());
        String signed = RenderingV1.text(Sample.subject(null, changeSet));
        assertTrue(signed.contains(counts + "\n"), signed);
        assertTrue(signed.contains(note + "\n"), signed);
        assertTrue(
                signed.contains("DANGER   not known: 4 resources of the files were not compared"),
                signed);
        assertFalse(signed.contains("no public endpoint"), signed);
    }

    @Test
    void foldersThatOnlyCallEachOtherAreSaidNotToBeCompared() {
        ChangePlan plan =
                SemanticDifference.of(
                        null,
                        Sample.of(
                                null,
                                List.of(),
                                Artifact.of(
                                        "a/main.tf",
                                        "module \"b\" {\n  source = \"../b\"\n}\n" + queue("a")),
                                Artifact.of(
                                        "b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n")));

        assertEquals(1, plan.notCompared());
        assertEquals(
                "Not compared, and in no count (1 resource in 1 folder): a. No root module leads"
                        + " there: these folders only call each other.",
                plan.notes().getFirst());
    }

    private static String queue(String name) {
        return "resource \"aws_sqs_queue\" \"" + name + "\" {\n  name = \"" + name + "\"\n}\n";
    }

    @Test
    void aLoopOfMovesEnds() {
        ChangePlan plan =
                SemanticDifference.of(
                        RELEASED,
                        Sample.of(
                                """
                                moved {
                                  from = aws_vpc.this
                                  to   = aws_vpc.that
                                }
                                moved {
                                  from = aws_vpc.that
                                  to   = aws_vpc.this
                                }
                                """));

        assertEquals(5, plan.counts().destroy());
    }

    @Test
    void whatCannotBeToldIsSaid() {
        ChangePlan plan =
                SemanticDifference.of(
                        null,
                        Sample.of(
                                """
                                variable "n" {}
                                resource "aws_eip" "many" {
                                  count = var.n
                                }
                                module "vpc" {
                                  source = "terraform-aws-modules/vpc/aws"
                                }
                                """));

        assertEquals(
                List.of(
                        "How many of these there will be is not known (1): aws_eip.many[*].",
                        "What these modules from outside would create is not known (1):"
                                + " module.vpc."),
                plan.notes());
    }

    @Test
    void aChangedProvisionerIsAChange() {
        String with =
                "resource \"terraform_data\" \"a\" {\n  provisioner \"local-exec\" {\n    command = \"%s\"\n  }\n}\n";

        ChangePlan plan =
                SemanticDifference.of(
                        Sample.of(with.formatted("true")), Sample.of(with.formatted("curl x")));

        assertEquals(
                List.of("update terraform_data.a provisioner[0].command: \"true\" -> \"curl x\""),
                actions(plan));
    }

    @Test
    void aGivenPlanGoesBeforeTheFiles() {
        GivenPlan given =
                PlanJson.read(PlanJsonTest.resource("plan-change.json"))
                        .given(null, GivenPlan.Source.AS_SUBMITTED);
        ChangeSet changeSet =
                Sample.of(
                        given,
                        List.of(),
                        dev.devopspack.change.Artifact.of("main.tf", "locals {}\n"));

        ChangePlan plan = SemanticDifference.of(RELEASED, changeSet);

        assertEquals(ChangePlan.Source.GIVEN_AS_SUBMITTED, plan.source());
        assertEquals(1, plan.counts().replace());
    }

    private static List<String> actions(ChangePlan plan) {
        return plan.changes().stream()
                .map(change ->
                        change.action().label()
                                + " "
                                + change.address()
                                + (change.action() == Action.UPDATE
                                        ? " "
                                                + change.attributes().getFirst().path()
                                                + ": "
                                                + change.attributes().getFirst().beforeText()
                                                + " -> "
                                                + change.attributes().getFirst().afterText()
                                        : ""))
                .toList();
    }
}
