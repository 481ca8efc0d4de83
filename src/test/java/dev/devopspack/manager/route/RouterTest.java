package dev.devopspack.manager.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.specialist.Specialist;
import dev.devopspack.specialist.terraform.TerraformSpecialist;
import dev.devopspack.task.TaskType;
import dev.devopspack.testing.PlainSpecialist;
import dev.devopspack.testing.RegisteredSpecialists;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {

    private static final Specialist TERRAFORM = new TerraformSpecialist();
    private static final Specialist CICD =
            new PlainSpecialist("devops_cicd", new TaskType("devops.cicd"), "pipeline_generation");

    private final Router router = new Router(List.of(TERRAFORM, CICD), RoutingTerms.shipped());

    @Test
    void aChoiceIsExplainedByTheWordsThatSpokeForIt() {
        Route.Chosen chosen =
                assertInstanceOf(
                        Route.Chosen.class, router.route("tf for an EKS clutser, built by npm"));

        assertEquals("devops_terraform/configuration_generation", chosen.candidate().name());
        assertEquals(
                Optional.of("devops_cicd/pipeline_generation"),
                chosen.runnerUp().map(Candidate::name));
        assertTrue(chosen.confidence() > 0.57 && chosen.confidence() < 1, chosen::toString);
        assertTrue(
                chosen.because().stream()
                        .map(Spoken::text)
                        .toList()
                        .contains("'tf' (terraform) spoke for devops_terraform"),
                chosen.because()::toString);
        assertTrue(
                chosen.because().stream().map(Spoken::agent).toList().contains("devops_cicd"),
                chosen.because()::toString);
    }

    @Test
    void twoThatAreCloseAreBothNamed() {
        Route.Unsure unsure =
                assertInstanceOf(Route.Unsure.class, router.route("terraform and a workflow"));

        assertEquals(
                List.of(
                        "devops_cicd/pipeline_generation",
                        "devops_terraform/configuration_generation"),
                unsure.candidates().stream().map(Candidate::name).sorted().toList());
    }

    @Test
    void twoThingsToMakeAreNotLedToOneAgentHoweverClearEachIs() {
        for (String request :
                List.of(
                        "Terraform for a VPC with subnets, an EKS cluster and an RDS instance, then a"
                                + " workflow",
                        "a pipeline with lint, test, build and npm, plus terraform",
                        "Erst ein S3 Bucket, dann eine GitHub Actions Pipeline")) {
            Route.Unsure unsure = assertInstanceOf(Route.Unsure.class, router.route(request));

            assertEquals(
                    List.of(
                            "devops_cicd/pipeline_generation",
                            "devops_terraform/configuration_generation"),
                    unsure.candidates().stream().map(Candidate::name).sorted().toList(),
                    request);
        }
    }

    @Test
    void aWordIsNamedOnceForAnAgent() {
        Route route = router.route("Terraform for an SQS queue with a dead letter queue");

        List<String> said =
                ((Route.Chosen) route)
                        .because().stream()
                                .map(spoken -> spoken.agent() + " " + spoken.term())
                                .toList();
        assertEquals(said.stream().distinct().toList(), said);
        assertTrue(said.contains("devops_terraform sqs"), said::toString);
    }

    @Test
    void whatIsDeniedSpeaksForNobody() {
        for (String request :
                List.of(
                        "no terraform please, only a workflow",
                        "I don't want terraform, I want a workflow",
                        "Kein Terraform, nur eine Pipeline",
                        "Not the EKS cluster, the build pipeline")) {
            Route.Chosen chosen = assertInstanceOf(Route.Chosen.class, router.route(request));

            assertEquals("devops_cicd", chosen.candidate().specialist().agent(), request);
            assertEquals(Optional.empty(), chosen.runnerUp(), request);
        }
        // Within a sentence `no` tells of what is missed.
        Route.Chosen chosen =
                assertInstanceOf(Route.Chosen.class, router.route("our project has no pipeline"));
        assertEquals("devops_cicd", chosen.candidate().specialist().agent());
    }

    @Test
    void whatAllCapabilitiesOfAnAgentShareDecidesForTheAgentAndTheRestForOneOfThem() {
        Specialist security =
                RegisteredSpecialists.all().stream()
                        .filter(agent -> agent.agent().equals("devops_security"))
                        .findFirst()
                        .orElseThrow();
        Router withSecurity = new Router(List.of(TERRAFORM, security), RoutingTerms.shipped());

        assertEquals(
                List.of(
                        "devops_security/security_scanning",
                        "devops_security/hardening_recommendations",
                        "devops_security/hardening_recommendations"),
                List.of(
                                withSecurity.route("our security posture, scan it"),
                                withSecurity.route("harden our security posture"),
                                withSecurity.route("harden it please", security))
                        .stream()
                        .map(route -> assertInstanceOf(Route.Chosen.class, route))
                        .map(chosen -> chosen.candidate().name())
                        .toList());
    }

    @Test
    void whatSpeaksForNobodyIsAskedBackWithAllThatThereAre() {
        Route.Unsure unsure = assertInstanceOf(Route.Unsure.class, router.route("hello"));

        assertEquals(2, unsure.candidates().size());
        assertEquals(List.of(), unsure.because());
    }

    @Test
    void aFieldWithoutAnAgentIsSaidSo() {
        Route.NotOffered not =
                assertInstanceOf(
                        Route.NotOffered.class, router.route("a Grafana dashboard for the api"));

        assertEquals("devops_monitoring", not.field().agent());
    }

    @Test
    void anAgentThatTheDataDoesNotKnowIsFoundByItsCapability() {
        Specialist other =
                new PlainSpecialist(
                        "acme_ledger", new TaskType("devops.ledger"), "ledger_reconciliation");
        Router wider = new Router(List.of(TERRAFORM, other), RoutingTerms.shipped());

        Route.Chosen chosen =
                assertInstanceOf(
                        Route.Chosen.class, wider.route("reconciliation of the ledger please"));

        assertEquals("acme_ledger/ledger_reconciliation", chosen.candidate().name());
    }

    @Test
    void aNamedAgentWithOneCapabilityIsNotLeft() {
        Route.Chosen chosen =
                assertInstanceOf(
                        Route.Chosen.class, router.route("a runbook and a dashboard", CICD));

        assertEquals("devops_cicd/pipeline_generation", chosen.candidate().name());
    }

    @Test
    void theSameRequestLeadsToTheSamePlaceWithTheSameReasons() {
        String request = "eks cluster with a vpc in aws";

        assertEquals(
                router.route(request).because(),
                new Router(List.of(CICD, TERRAFORM), RoutingTerms.shipped())
                        .route(request)
                        .because());
    }

    @Test
    void everyAgentOfTheDataIsDistinctAndEveryWeightWithinItsRange() {
        RoutingTerms terms = RoutingTerms.shipped();

        assertEquals(
                terms.fields().size(),
                terms.fields().stream().map(RoutingTerms.Field::agent).distinct().count());
        assertEquals(
                List.of(),
                terms.fields().stream()
                        .flatMap(field -> field.terms().entrySet().stream())
                        .filter(term -> term.getValue() < 1 || term.getValue() > 9)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void hostileTextIsRoutedInBoundedTime() {
        assertInstanceOf(Route.class, router.route("terrafrom ".repeat(2_000)));
        assertInstanceOf(Route.class, router.route("\u202e\u0000".repeat(9_000)));
    }
}
