package dev.devopspack.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.SigningKeys;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.identity.People;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Every attack is refused, and every twin of it, the same call without the attack, passes.
@QuarkusTest
class AttackSuiteTest {

    private static final int FEWEST = 100;

    @TestHTTPResource("/")
    URI server;

    @Inject TrialToken trial;
    @Inject People people;
    @Inject PersonStore persons;
    @Inject Tokens tokens;
    @Inject DataSource database;
    @Inject Checkpoints checkpoints;
    @Inject SigningKeys keys;

    @Test
    void attacksAreRefusedAndTheirTwinsPass() {
        RestAssured.port = server.getPort();
        List<Attack> attacks = attacks();
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        int passed = 0;
        for (Attack attack : attacks) {
            Attack.Answer tried = answer(attack.tried(), false);
            Attack.Answer twin = answer(attack.twin(), true);
            refused += tried.refused() ? 1 : 0;
            passed += twin.refused() ? 0 : 1;
            if (!tried.refused()) {
                wrong.add(attack + " was not refused: " + tried.shown());
            }
            if (twin.refused()) {
                wrong.add("the twin of " + attack + " did not pass: " + twin.shown());
            }
        }
        System.out.printf(
                "%d attacks, %d refused, %d twins passed%n", attacks.size(), refused, passed);

        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
        Golden.assertDocument("attacks.md", page(attacks));
        assertTrue(attacks.size() >= FEWEST, () -> "only " + attacks.size());
        assertEquals(attacks.size(), attacks.stream().map(Attack::toString).distinct().count());
    }

    private static String page(List<Attack> attacks) {
        StringBuilder page =
                new StringBuilder(
                        """
                        # What is tried against it

                        %d attacks on a running server, each with its twin: the same call without the attack, which must
                        pass, so that a server which refuses everything does not look safe. This page is written by the test
                        that runs them, `./mvnw test -Dtest=AttackSuiteTest`, which prints how many were refused and how many
                        twins passed.
                        """
                                .formatted(attacks.size()));
        String family = "";
        for (Attack attack : attacks) {
            if (!attack.family().equals(family)) {
                family = attack.family();
                page.append("\n## ").append(title(family)).append("\n\n");
            }
            page.append("- ").append(attack.name().replace("<", "&lt;")).append('\n');
        }
        return page.toString();
    }

    private static String title(String family) {
        return Character.toUpperCase(family.charAt(0)) + family.substring(1);
    }

    /// @param refused what it counts as where it comes to no answer: an attack as not refused, its
    ///   twin as not passed
    private static Attack.Answer answer(Attack.Call call, boolean refused) {
        try {
            return call.answer();
        } catch (Exception | AssertionError e) {
            return Attack.Answer.of(refused, "failed with " + e);
        }
    }

    private List<Attack> attacks() {
        Site site = new Site(server, trial.with(Role.VIEWER, Role.REQUESTER));
        People.Invitation ada = invited("Ada Example", Role.APPROVER, Role.REQUESTER, Role.VIEWER);
        PersonAtBrowser approver = enrolled("Ada Example", ada);
        PersonAtBrowser other =
                enrolled("Grace Example", invited("Grace Example", Role.APPROVER, Role.VIEWER));
        PersonAtBrowser onlooker = enrolled("Joan Example", invited("Joan Example", Role.VIEWER));
        ApprovalAttacks.Cast cast =
                new ApprovalAttacks.Cast(
                        approver,
                        other,
                        onlooker,
                        token(People.TRIAL_REQUESTER, Role.VIEWER, Role.PIPELINE),
                        token(ada.person().id(), Role.VIEWER, Role.REQUESTER));
        String auditor = trial.with(Role.VIEWER, Role.AUDITOR);
        List<Attack> attacks = new ArrayList<>();
        attacks.addAll(new TransportAttacks(site, trial.with(Role.VIEWER)).all());
        attacks.addAll(new ParserAttacks(site).all());
        attacks.addAll(new PathAttacks(site).all());
        attacks.addAll(new InjectionAttacks(site, onlooker).all());
        attacks.addAll(new SecretAttacks(site).all());
        attacks.addAll(new RefusalAttacks(site).all());
        attacks.addAll(new ApprovalAttacks(site, cast).all());
        Releases releases = new Releases(site, cast.pipeline());
        ActAttacks.Cast exceptions = exceptions(ada, approver);
        BatchAttacks.Cast several = several(cast, exceptions.admin());
        attacks.addAll(new BatchAttacks(site, releases, several).all());
        attacks.addAll(new BatchMeanwhileAttacks(site, releases, several, people, database).all());
        attacks.addAll(new BatchGrantAttacks(releases, other, keys).all());
        attacks.addAll(new AuthorAttacks(site, releases, authors(other), persons).all());
        attacks.addAll(new ActAttacks(site, exceptions).all());
        attacks.addAll(new AuditAttacks(site, database, checkpoints, auditor).all());
        return attacks;
    }

    private ActAttacks.Cast exceptions(People.Invitation ada, PersonAtBrowser approver) {
        People.Invitation staging = invited("Barbara Example", Role.APPROVER, Role.VIEWER);
        people.setRoles(
                Principal.SYSTEM,
                staging.person().id(),
                staging.person().roles(),
                Set.of(new Environment("staging")));
        People.Invitation onlooker = invited("Mary Example", Role.VIEWER);
        return new ActAttacks.Cast(
                enrolled(
                        "Hedy Example",
                        invited("Hedy Example", Role.ADMIN, Role.AUDITOR, Role.VIEWER)),
                approver,
                enrolled("Barbara Example", staging),
                enrolled("Mary Example", onlooker),
                onlooker.person().id().toString(),
                ada.person().id().toString());
    }

    private AuthorAttacks.Cast authors(PersonAtBrowser other) {
        People.Invitation emmy = invited("Emmy Example", Role.APPROVER, Role.VIEWER);
        people.setRoles(
                Principal.SYSTEM,
                emmy.person().id(),
                emmy.person().roles(),
                Set.of(),
                AuthorAttacks.EMMY);
        People.Invitation onlooker = invited("Lise Example", Role.VIEWER);
        return new AuthorAttacks.Cast(
                enrolled("Emmy Example", emmy),
                other,
                enrolled("Lise Example", onlooker),
                onlooker.person().id().toString());
    }

    private BatchAttacks.Cast several(ApprovalAttacks.Cast cast, PersonAtBrowser admin) {
        People.Invitation local = invited("Annie Example", Role.APPROVER, Role.VIEWER);
        people.setRoles(
                Principal.SYSTEM,
                local.person().id(),
                local.person().roles(),
                Set.of(BatchAttacks.HERE));
        return new BatchAttacks.Cast(
                cast.approver(),
                cast.other(),
                enrolled("Annie Example", local),
                local.person().id(),
                cast.onlooker(),
                admin,
                cast.own());
    }

    private People.Invitation invited(String name, Role... roles) {
        return people.add(Principal.SYSTEM, name, Set.of(roles));
    }

    private PersonAtBrowser enrolled(String name, People.Invitation invitation) {
        PersonAtBrowser browser = PersonAtBrowser.enrolled(server, invitation.secret(), name);
        browser.signIn();
        return browser;
    }

    private String token(PersonId person, Role... roles) {
        return tokens.issue(Principal.SYSTEM, person, "attack", Set.of(roles), Duration.ofHours(1))
                .secret();
    }
}
