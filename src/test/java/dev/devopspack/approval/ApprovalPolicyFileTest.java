package dev.devopspack.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalPolicy.Kind;
import dev.devopspack.approval.ApprovalPolicy.Terms;
import dev.devopspack.change.Requester;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ApprovalPolicyFileTest {

    private static final Environment PRODUCTION = new Environment("production");
    private static final Environment EDGE = new Environment("edge");
    private static final Environment STAGING = new Environment("staging");

    private static final ApprovalPolicy POLICY =
            read(
                    """
                    environments:
                      production: {kind: production, approvers: 2, decideWithin: 8h}
                      edge: {kind: production, approvers: 1, executeWithin: 10m}
                      staging: {kind: other}
                    """);

    @Test
    void eachEnvironmentHasItsOwnTermsOnTopOfThePolicys() {
        assertEquals(
                Map.of(
                        PRODUCTION, Kind.PRODUCTION,
                        EDGE, Kind.PRODUCTION,
                        STAGING, Kind.OTHER),
                POLICY.environments());
        assertEquals(
                new Terms(2, 2, Duration.ofHours(8), Duration.ofMinutes(30)),
                POLICY.terms(PRODUCTION));
        assertEquals(
                new Terms(1, 2, Duration.ofHours(24), Duration.ofMinutes(10)), POLICY.terms(EDGE));
        assertEquals(
                new Terms(1, 2, Duration.ofHours(24), Duration.ofMinutes(30)),
                POLICY.terms(STAGING));
    }

    @Test
    void anUnknownEnvironmentIsProductionWithTheStrictestTermsOfAny() {
        Environment unknown = new Environment("prod-eu");

        assertTrue(POLICY.production(unknown));
        assertEquals(
                new Terms(2, 2, Duration.ofHours(8), Duration.ofMinutes(10)),
                POLICY.terms(unknown));
    }

    @Test
    void anAnonymousRequesterInProductionNeedsTwoPeople() {
        Requester nobody = new Requester("token:x", null);

        assertEquals(2, ApprovalPolicy.STRICT.quorum(PRODUCTION, nobody));
        assertEquals(2, POLICY.quorum(EDGE, nobody));
    }

    @Test
    void itsDigestIsAnotherOneThanThePolicysItStandsOn() {
        assertEquals("strict-adapted", POLICY.name());
        assertEquals(
                4,
                Stream.of(
                                POLICY,
                                ApprovalPolicy.STRICT,
                                ApprovalPolicy.TRIAL,
                                read("environments: {production: {kind: production}}"))
                        .map(ApprovalPolicy::digest)
                        .distinct()
                        .count());
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotUnderstoodIsRefusedWithItsLine() {
        return Map.of(
                        "environments: {production: {kind: production, aprovers: 2}}",
                        "policy.yaml:1",
                        "environments:\n  production:\n    kind: live\n",
                        "policy.yaml:3",
                        "environments:\n  production:\n    kind: production\n    approvers: 0\n",
                        "policy.yaml:4",
                        "environments:\n  production:\n    kind: production\n    approvers: two\n",
                        "policy.yaml:4",
                        "environments:\n  a: {kind: production}\n  b: {kind: production, decideWithin: 30d}\n",
                        "policy.yaml:3",
                        "environments:\n  a: {kind: production, approvers: 3, approversIfAnonymous: 1}\n",
                        "policy.yaml:2",
                        "environments:\n  staging: {kind: other}\n",
                        "policy.yaml:2",
                        "environments:\n  Production: {kind: production}\n",
                        "policy.yaml:2",
                        "environments:\n  a: {kind: production, executeWithin: -5m}\n",
                        "policy.yaml:2",
                        "nothing: 1\n",
                        "policy.yaml:1")
                .entrySet()
                .stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey().replace('\n', ' '),
                                () ->
                                        assertEquals(
                                                entry.getValue(),
                                                assertThrows(
                                                                InvalidInput.class,
                                                                () -> read(entry.getKey()))
                                                        .where())));
    }

    private static ApprovalPolicy read(String text) {
        return ApprovalPolicyFile.read("policy.yaml", text, ApprovalPolicy.STRICT);
    }
}
