package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.devopspack.approval.BatchDecisions;
import dev.devopspack.approval.BreakGlass;
import dev.devopspack.approval.BreakGlassReview;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.GrantIssuer;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.delegation.DelegationSigning;
import dev.devopspack.approval.pause.KillSwitch;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.approval.waiver.WaiverSigning;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Proves over the call graph that what only a person's passkey may do is reached by no tool of an
/// assistant, by no path that takes a token, by no command and by no work in the background.
class NobodyElseDecidesTest {

    private static final CallGraph GRAPH = new CallGraph();

    /// The services of a person's own will, and the ceremony below them.
    private static final Map<Class<?>, Set<String>> GUARDED =
            Map.ofEntries(
                    Map.entry(Decisions.class, Set.of("options", "decide")),
                    Map.entry(BatchDecisions.class, Set.of("options", "decide")),
                    Map.entry(PasskeyCeremony.class, Set.of("open", "take", "passkey", "unsigned")),
                    Map.entry(Acts.class, Set.of("prepare", "sign", "keep")),
                    Map.entry(GrantIssuer.class, Set.of("issue", "issueBroken")),
                    Map.entry(
                            KillSwitch.class,
                            Set.of("preparePause", "pause", "prepareLift", "lift")),
                    Map.entry(WaiverSigning.class, Set.of("prepare", "waive", "prepareEnd", "end")),
                    Map.entry(
                            DelegationSigning.class,
                            Set.of("prepare", "delegate", "prepareEnd", "end")),
                    Map.entry(BreakGlass.class, Set.of("prepare", "use")),
                    Map.entry(BreakGlassReview.class, Set.of("prepare", "review")),
                    Map.entry(
                            SecretApprovals.class,
                            Set.of("prepareApproval", "approve", "prepareDenial", "deny", "type")));

    private static final String MCP = "io.quarkiverse.mcp.server.";

    @Test
    void noToolOfAnAssistantReachesWhatOnlyAPersonMayDo() {
        List<JavaMethod> tools =
                GRAPH.methods()
                        .filter(method ->
                                method.getAnnotations().stream()
                                        .anyMatch(
                                                a -> a.getRawType().getFullName().startsWith(MCP)))
                        .toList();

        assertTrue(tools.size() > 10, "there are only " + tools.size() + " tools");
        assertEquals(List.of(), waysToGuarded(tools));
    }

    @Test
    void noPathThatTakesATokenOrNothingReachesWhatOnlyAPersonMayDo() {
        List<JavaMethod> open = endpoints().filter(method -> !onlyForPeople(method)).toList();

        assertTrue(open.size() > 10, "there are only " + open.size() + " such paths");
        assertEquals(List.of(), waysToGuarded(open));
    }

    @Test
    void noCommandReachesWhatOnlyAPersonMayDo() {
        List<JavaMethod> commands =
                GRAPH.methods()
                        .filter(method ->
                                method.getOwner().getPackageName().equals("dev.devopspack.command"))
                        .toList();

        assertFalse(commands.isEmpty());
        assertEquals(List.of(), waysToGuarded(commands));
    }

    @Test
    void noWorkInTheBackgroundReachesWhatOnlyAPersonMayDo() {
        List<JavaMethod> outside =
                GRAPH.methods()
                        .filter(method ->
                                method.getOwner()
                                        .getPackageName()
                                        .startsWith("dev.devopspack.adapter."))
                        .toList();

        assertTrue(outside.size() > 100, "there are only " + outside.size() + " methods");
        assertEquals(List.of(), waysToGuarded(outside));
    }

    @Test
    void thePagesOfPeopleReachIt() {
        Set<String> reaching =
                endpoints()
                        .filter(method -> !waysToGuarded(List.of(method)).isEmpty())
                        .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                        .collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        "DecisionResource.options",
                        "DecisionResource.decide",
                        "BatchResource.options",
                        "BatchResource.decide",
                        "PauseResource.preparePause",
                        "PauseResource.pause",
                        "PauseResource.prepareLift",
                        "PauseResource.lift",
                        "FindingWaiverResource.prepare",
                        "FindingWaiverResource.waive",
                        "WaiverResource.prepareEnd",
                        "WaiverResource.end",
                        "DelegationResource.prepare",
                        "DelegationResource.delegate",
                        "DelegationResource.prepareEnd",
                        "DelegationResource.end",
                        "BreakGlassResource.prepare",
                        "BreakGlassResource.use",
                        "BreakGlassResource.prepareReview",
                        "BreakGlassResource.review",
                        "SecretResource.prepareApproval",
                        "SecretResource.approve",
                        "SecretResource.prepareDenial",
                        "SecretResource.deny",
                        "SecretResource.type"),
                reaching);
    }

    /// The graph follows interfaces to what implements them: it would see a way through one.
    @Test
    void theGraphSeesThroughInterfacesAndLambdas() {
        JavaMethod consume =
                GRAPH.methods()
                        .filter(method -> method.getFullName().contains(".ApprovalApi.consume("))
                        .findFirst()
                        .orElseThrow();

        Set<String> reached =
                GRAPH.reachable(consume).keySet().stream()
                        .map(unit -> unit.getOwner().getSimpleName() + "." + unit.getName())
                        .collect(Collectors.toSet());

        assertTrue(reached.contains("StoredApprovals.consume"), reached.toString());
    }

    private static List<String> waysToGuarded(List<JavaMethod> beginnings) {
        List<String> ways = new ArrayList<>();
        for (JavaMethod beginning : beginnings) {
            Map<JavaCodeUnit, Optional<JavaCodeUnit>> reachable = GRAPH.reachable(beginning);
            reachable.keySet().stream()
                    .filter(NobodyElseDecidesTest::guarded)
                    .map(unit -> CallGraph.way(reachable, unit))
                    .forEach(ways::add);
        }
        return ways;
    }

    private static boolean guarded(JavaCodeUnit unit) {
        return GUARDED.entrySet().stream()
                .anyMatch(entry ->
                        unit.getOwner().isEquivalentTo(entry.getKey())
                                && entry.getValue().contains(unit.getName()));
    }

    private static Stream<JavaMethod> endpoints() {
        return GRAPH.methods()
                .filter(method ->
                        method.getAnnotations().stream()
                                .map(JavaAnnotation::getRawType)
                                .anyMatch(type -> type.isAnnotatedWith(HttpMethod.class)));
    }

    private static boolean onlyForPeople(JavaMethod method) {
        return method.isAnnotatedWith(RolesAllowed.class)
                && Stream.of(method.getAnnotationOfType(RolesAllowed.class).value())
                        .allMatch(role -> role.equals("person") || role.startsWith("person:"));
    }
}
