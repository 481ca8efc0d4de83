package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.intake.TaskReader;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import dev.devopspack.task.Task;
import dev.devopspack.task.TaskType;
import dev.devopspack.testing.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookGenerationTest {

    private static final String SEED =
            """
            task:
              type: devops.incident_runbook
              input:
                incident_type: "database_connection_failure"
                services: [api, worker]
                severity: "high"
            """;

    private static final String PAYMENTS =
            """
            task:
              type: devops.incident_response
              capability: runbook_generation
              input:
                incident_type: high_latency
                severity: SEV-1
                services:
                  - name: payments-api
                    platform: kubernetes
                    namespace: payments
                    workload: statefulset/payments-api
                    host: api.example.com
                    owner: Payments on-call
                    dashboards:
                      - title: API latency
                        url: https://grafana.example.com/d/api?var-env=production
                    alerts: ["https://alerts.example.com/payments/latency"]
                  - name: ledger
                    platform: systemd
                    unit: ledger@blue.service
                  - name: payments-db
                    platform: managed_database
                    database: mysql
                    provider: aws
                    instance: payments-prod
                    host: payments.abc.eu-west-1.rds.amazonaws.com
                escalation:
                  on_call: Payments on-call
                  incident_commander: Duty manager
                  database: Database on-call (Berlin)
                dashboards: ["https://grafana.example.com/d/overview"]
            """;

    private static final String BACKLOG =
            """
            task:
              type: devops.incident_runbook
              input:
                incident_type: queue_backlog
                services: [{name: worker, platform: systemd}]
                severity: p3
                queue: {system: kafka, name: orders, group: orders-worker}
                database: {engine: postgresql, provider: gcp, instance: orders, host: 10.0.0.5}
            """;

    private static final String NODE =
            """
            task:
              type: devops.incident_runbook
              input:
                incident_type: node_not_ready
                services: [{name: api, namespace: shop}, {name: batch, platform: systemd}]
                severity: low
            """;

    @ParameterizedTest
    @ValueSource(strings = {"seed", "payments", "backlog", "node"})
    void filesAreAsReviewed(String name) {
        Outcome.Proposal proposal =
                proposal(
                        switch (name) {
                            case "seed" -> SEED;
                            case "payments" -> PAYMENTS;
                            case "backlog" -> BACKLOG;
                            default -> NODE;
                        });

        for (Artifact file : proposal.artifacts()) {
            Golden.assertMatches("runbook/" + name + "/" + file.name(), file.text());
        }
    }

    @Test
    void theShortTaskIsAcceptedAsItStands() {
        Outcome.Proposal proposal = proposal(SEED);

        assertEquals(
                List.of(
                        "README.md",
                        "after-the-incident.md",
                        "communication.md",
                        "dependencies/database.md",
                        "runbook.json",
                        "services/api.md",
                        "services/worker.md"),
                proposal.artifacts().list().stream().map(file -> file.name().value()).toList());
        assertEquals(new StackName("runbooks/api/database_connection_failure"), proposal.stack());
        assertEquals(
                List.of(
                        "api: no platform was given; the blocks are for Kubernetes, and its workload is"
                                + " deployment/api.",
                        "worker: no platform was given; the blocks are for Kubernetes, and its workload"
                                + " is deployment/worker.",
                        "No namespace was given for api and worker: the blocks ask for NAMESPACE."),
                proposal.claims());
        assertEquals(List.of(), proposal.environments());
    }

    @Test
    void theSameTaskGivesTheSameBytes() {
        Outcome.Proposal first = proposal(PAYMENTS);
        Outcome.Proposal second = proposal(PAYMENTS);

        assertEquals(first.artifacts(), second.artifacts());
        assertEquals(first.catalogue(), second.catalogue());
    }

    @Test
    void theTypeOfTheTaskSelectsTheCapability() {
        Task task = TaskReader.read(SEED).task();

        assertEquals(TaskType.INCIDENT_RESPONSE, task.type());
        assertEquals("runbook_generation", task.capability());
    }

    @Test
    void aTypeAndAnotherCapabilityAreRefused() {
        InvalidInput refused =
                assertThrows(
                        InvalidInput.class,
                        () ->
                                TaskReader.read(
                                        "type: devops.incident_runbook\ncapability: something_else\n"));

        assertEquals("/capability (line 2, column 13)", refused.where());
    }

    @Test
    void whatIsMissingIsAskedForWithAnExampleThatIsAccepted() {
        RunbookGeneration capability = new RunbookGeneration();

        Outcome.InputRequired required =
                assertInstanceOf(
                        Outcome.InputRequired.class,
                        capability.perform(
                                capability.read(Map.of("severity", "low")), new Work(null, null)));

        assertEquals(
                List.of("/input/incident_type", "/input/services"),
                required.missing().stream().map(Outcome.MissingInput::pointer).toList());
        assertInstanceOf(
                Outcome.Proposal.class,
                capability.perform(capability.read(capability.example()), new Work(null, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "critical, CRITICAL",
        "SEV1, CRITICAL",
        "P1, CRITICAL",
        "sev-2, HIGH",
        "high, HIGH",
        "p3, MEDIUM",
        "Medium, MEDIUM",
        "sev4, LOW",
        "low, LOW"
    })
    void severitiesAreReadInAllTheirNames(String text, Severity severity) {
        assertEquals(severity, Severity.of(text, "/input/severity"));
    }

    @Test
    void onlyTheMissingSeverityIsTakenForHigh() {
        Outcome.Proposal proposal =
                proposal(
                        """
                        type: devops.incident_runbook
                        input: {incident_type: general, services: [{name: api, namespace: a, platform: kubernetes}]}
                        """);

        assertEquals(
                List.of("No severity was given: it is written for SEV2 (high)."),
                proposal.claims());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{incident_type: pod_crash_lop, services: [a]} | /input/incident_type |"
                        + " Did you mean 'pod_crash_loop'?",
                "{incident_type: general, services: [a], severity: sev5} | /input/severity |"
                        + " Use critical, high, medium or low",
                "{incident_type: general, services: ['a b']} | /input/services/0/name |"
                        + " Use 1 to 63 letters",
                "{incident_type: general, services: [a, 7]} | /input/services/1 |"
                        + " Give a name or an object here.",
                "{incident_type: general, services: [a-b, A_B]} | /input/services/1 |"
                        + " Give each a name of its own",
                "{incident_type: general, services: [{name: a, platform: systemd, namespace: b}]} |"
                        + " /input/services/0/namespace | Leave it out",
                "{incident_type: general, services: [{name: a, workload: job/a}]} |"
                        + " /input/services/0/workload | Use deployment/NAME",
                "{incident_type: general, services: [{name: a, nmaespace: b}]} |"
                        + " /input/services/0/nmaespace | Did you mean 'namespace'?",
                "{incident_type: general, services: [a], dashboards: ['javascript:alert(1)']} |"
                        + " /input/dashboards/0 | Give it as https://",
                "{incident_type: general, services: [a], alerts: [{url: 'https://u:p@a.example/'}]} |"
                        + " /input/alerts/0/url | Give it as https://",
                "{incident_type: general, services: [a], escalation: {on_call: 'ada@example.com'}} |"
                        + " /input/escalation/on_call | Name the role",
                "{incident_type: general, services: [a], escalation: {on_call: 'Ada 030 1234567'}} |"
                        + " /input/escalation/on_call | Name the role",
                "{incident_type: general, services: [a], queue: {system: nats}} |"
                        + " /input/queue/system | Offered: rabbitmq, kafka, sqs",
            })
    void aWrongInputIsRefusedAtItsPlaceWithTheNextThingToType(
            String input, String where, String mend) {
        InvalidInput refused =
                assertThrows(
                        InvalidInput.class,
                        () -> proposal("type: devops.incident_runbook\ninput: " + input + "\n"));

        assertEquals(where, refused.where());
        assertTrue(refused.mend().contains(mend), refused::mend);
    }

    @Test
    void moreServicesThanOnePersonCanLookAtAreRefused() {
        List<Object> services =
                java.util.stream.IntStream.range(0, SituationReader.MAX_SERVICES + 1)
                        .<Object>mapToObj(i -> "s" + i)
                        .toList();
        RunbookGeneration capability = new RunbookGeneration();
        RunbookInput input =
                capability.read(Map.of("incident_type", "general", "services", services));

        InvalidInput refused =
                assertThrows(
                        InvalidInput.class, () -> capability.perform(input, new Work(null, null)));

        assertEquals("there are 13 services", refused.problem());
    }

    static Outcome.Proposal proposal(String text) {
        Task task = TaskReader.read(text).task();
        RunbookGeneration capability = new RunbookGeneration();
        return assertInstanceOf(
                Outcome.Proposal.class,
                capability.perform(
                        capability.read(task.input()), new Work(task.environment(), task.stack())));
    }
}
