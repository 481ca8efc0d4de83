package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.HONEST;
import static dev.devopspack.approval.ApprovalHouse.PRODUCTION;
import static dev.devopspack.approval.ApprovalHouse.SHOWN;
import static dev.devopspack.approval.ApprovalHouse.UNSIGNED;
import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.pipeline;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BreakGlassTest {

    private final ApprovalHouse house = new ApprovalHouse();
    private final GrantChecks checks = new GrantChecks(house);
    private final Somebody requester = house.enrolled("Requester", Role.REQUESTER, Role.APPROVER);
    private final Somebody alice = house.enrolled("Alice", Role.APPROVER);
    private final Somebody bob = house.enrolled("Bob", Role.APPROVER);
    private final Somebody auditor = house.enrolled("Auditor", Role.AUDITOR);

    /// Nobody knows who asked, so two people must approve.
    private final ChangeSet changeSet = house.changeSet(null);

    private final Approval approval = house.opened(changeSet);

    @Test
    void oneApproverLetsItThroughForAnHourFlaggedInTheGrant() {
        breakGlass(alice, approval);

        Approval after = current(approval);
        assertEquals(Status.APPROVED, after.status());
        assertEquals(
                new Approval.Window(
                        ApprovalHouse.START, ApprovalHouse.START.plus(Duration.ofMinutes(60))),
                after.window());
        Verification.Verified verified =
                assertInstanceOf(
                        Verification.Verified.class, verify(ApprovalHouse.START, envelope()));
        assertEquals(2, verified.grant().quorum());
        assertEquals(
                "BREAK GLASS: person "
                        + alice.id()
                        + " let it through alone for INC-4711 (0 of 2 had approved): the shop is"
                        + " down",
                verified.notes().get(1));
        assertInstanceOf(Grants.Used.Done.class, consume());
        assertEquals(Code.WRONG_STATUS, refusal(consume()));
    }

    @Test
    void anHourLaterItIsNotUsable() {
        breakGlass(alice, approval);
        house.clock.move(Duration.ofMinutes(60));

        assertEquals(Code.OUT_OF_TIME, refusal(consume()));
        assertInstanceOf(Verification.Rejected.class, verify(house.clock.instant(), envelope()));
    }

    @Test
    void everybodyWhoWasSkippedIsTold() {
        BrokenGlass broken = breakGlass(alice, approval);

        assertEquals(Set.of(requester.id(), bob.id()), Set.copyOf(broken.skipped()));
        assertEquals(
                Set.of(requester.id().toString(), bob.id().toString()),
                house.log.read(0, 100).stream()
                        .map(stored -> stored.entry())
                        .filter(entry -> entry.kind().equals("break_glass.skipped"))
                        .map(entry -> String.valueOf(entry.facts().get("person")))
                        .collect(Collectors.toSet()));
    }

    @Test
    void itIsNotDoneAgainBeforeAnotherPersonReviewedIt() {
        breakGlass(alice, approval);
        Approval second = house.opened(house.changeSet(null, "# second\n"));

        assertEquals(Code.NOT_REVIEWED, refusal(prepare(bob, second)));
        assertEquals(
                Code.OWN_REQUEST,
                refusal(
                        house.breakGlassReview.prepare(
                                alice.session(), approval.request().id(), true, "fine")));
        review(auditor, true);
        breakGlass(bob, second);
    }

    @Test
    void ofTwoWhoSignedBeforeEitherWasUsedOneBreaksIt() {
        Approval second = house.opened(house.changeSet(null, "# second\n"));
        Prepared first = prepare(alice, approval);
        Prepared other = prepare(bob, second);

        done(house.breakGlass.use(alice.session(), signed(alice, first)));

        assertEquals(
                Code.NOT_REVIEWED,
                refusal(house.breakGlass.use(bob.session(), signed(bob, other))));
        assertEquals(Status.PENDING, current(second).status());
    }

    @Test
    void whatAReviewFindsUnjustifiedIsTakenBack() {
        breakGlass(alice, approval);
        review(auditor, false);

        assertEquals(Status.REVOKED, current(approval).status());
        assertEquals(Code.WRONG_STATUS, refusal(consume()));
    }

    @Test
    void itDoesNotLiftWhoAskedNorTheRole() {
        Approval own = house.opened(house.changeSet(requester.id(), "# own\n"));
        Somebody admin = house.enrolled("Admin", Role.ADMIN, Role.AUDITOR);

        assertEquals(Code.OWN_REQUEST, refusal(prepare(requester, own)));
        assertEquals(Code.NOT_ENTITLED, refusal(prepare(admin, approval)));
    }

    @Test
    void itDoesNotLiftTheDigest() {
        breakGlass(alice, approval);
        ChangeSet other = house.changeSet(null, "# other\n");

        assertEquals(
                Code.OTHER_DIGEST,
                refusal(house.grants.consume(pipeline("p"), ApprovalHouse.claim(approval, other))));
        Grants.Claim changed =
                new Grants.Claim(
                        approval.request().id(),
                        changeSet.digest(),
                        PRODUCTION,
                        PresentedFiles.of(other.artifacts()),
                        ApprovalHouse.PLAN);
        assertEquals(Code.OTHER_FILES, refusal(house.grants.consume(pipeline("p"), changed)));
    }

    @Test
    void itDoesNotLiftADenial() {
        house.decide(approval, bob, Decision.Choice.DENY, "no");

        assertEquals(Code.WRONG_STATUS, refusal(prepare(alice, approval)));
    }

    @Test
    void itDoesNotLiftWhatIsDisplayed() {
        Prepared prepared =
                house.breakGlass.prepare(
                        approval.request().id(),
                        alice.session(),
                        Digest.of("another text"),
                        "INC-4711",
                        "why");

        assertEquals(Code.OTHER_TEXT_SHOWN, refusal(prepared));
    }

    @Test
    void whoLostTheRoleOrThePasskeySinceDoesNotCount() {
        breakGlass(alice, approval);
        house.people.removePasskey(alice.session(), alice.passkey().credentialId());

        assertEquals(Code.APPROVER_LOST, refusal(consume()));
    }

    @Test
    void aSignatureIsUsedOnceAndForThisRequestAlone() {
        Prepared prepared = prepare(alice, approval);
        Signature signature = signed(alice, prepared);
        done(house.breakGlass.use(alice.session(), signature));

        assertEquals(Code.BAD_CHALLENGE, refusal(house.breakGlass.use(alice.session(), signature)));
        assertEquals(
                Code.BAD_CHALLENGE,
                refusal(house.breakGlassReview.review(alice.session(), signature)));
    }

    @Test
    void anIncidentAndAReasonAreNeeded() {
        assertThrows(InvalidInput.class, () -> prepare(alice, " ", "why"));
        assertThrows(InvalidInput.class, () -> prepare(alice, "INC-4711", "\t"));
        assertThrows(InvalidInput.class, () -> prepare(alice, "INC\u202e4711", "why"));
    }

    @Test
    void noTokenBreaksOrReviewsWhateverItsRoles() {
        Principal token =
                new Principal(Principal.Kind.TOKEN, "t", alice.id(), "t", Set.of(Role.values()));
        ApprovalId id = approval.request().id();

        assertThrows(
                NotAllowed.class,
                () -> house.breakGlass.prepare(id, token, SHOWN.digest(), "INC-1", "x"));
        assertThrows(NotAllowed.class, () -> house.breakGlass.use(token, UNSIGNED));
        assertThrows(NotAllowed.class, () -> house.breakGlassReview.prepare(token, id, true, "x"));
        assertThrows(NotAllowed.class, () -> house.breakGlassReview.review(token, UNSIGNED));
    }

    @Test
    void aGrantWhoseFlagWasTakenOffDoesNotHold() {
        breakGlass(alice, approval);
        Grant plain = ChangedGrant.of(checks.of(approval)).unproven();

        assertEquals(List.of(Verification.Code.QUORUM_NOT_MET), checks.problems(plain, changeSet));
    }

    @Test
    void aGrantWhoseActIsAboutSomethingElseDoesNotHold() {
        breakGlass(alice, approval);
        ChangeSet other = house.changeSet(null, "# other\n");
        Grant moved =
                ChangedGrant.of(checks.of(approval))
                        .manifest(ApprovedManifest.of(other.manifest()))
                        .checkpoint(null)
                        .grant();

        assertTrue(checks.problems(moved, changeSet).contains(Verification.Code.BAD_ASSERTION));
    }

    /// What a person signed in earnest lets through exactly that.
    @Test
    void anActThatIsReallySignedLetsNoOtherGrantThrough() {
        breakGlass(alice, approval);
        Grant grant = checks.of(approval);
        Act act = Act.parse(Objects.requireNonNull(grant.breakGlass()).challenge());
        Map<String, String> others =
                Map.of(
                        "request", "ap-" + "a".repeat(26),
                        "digest", Digest.of("d").value(),
                        "verdicts", Digest.of("v").value(),
                        "rendering", Digest.of("r").value(),
                        "environment", "staging",
                        "policy", Digest.of("p").value(),
                        "uses", "2",
                        "notBefore", grant.notBefore().plusSeconds(1).toString(),
                        "executeBy", grant.executeBy().minusSeconds(1).toString());
        Map<String, List<Verification.Code>> codes = new TreeMap<>();
        Map<String, List<Verification.Code>> refused = new TreeMap<>();
        others.forEach((fact, other) -> {
            codes.put(fact, checks.problems(signedAnew(grant, with(act, fact, other)), changeSet));
            refused.put(fact, List.of(Verification.Code.BAD_ASSERTION));
        });

        assertEquals(refused, codes);
        assertInstanceOf(
                Verification.Verified.class,
                checks.verify(checks.signed(signedAnew(grant, act)), changeSet));
    }

    private static Act with(Act act, String fact, String other) {
        Map<String, String> facts = new TreeMap<>(act.facts());
        facts.put(fact, other);
        return new Act(act.kind(), act.person(), facts, act.at(), act.nonce());
    }

    /// Alice's passkey signs this act; as grants were before they held proofs of the log.
    private Grant signedAnew(Grant grant, Act act) {
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(act.hash());
        Grant.Approved alone = Objects.requireNonNull(grant.breakGlass());
        LogProof log = alone.log();
        Grant.Approved anew =
                ChangedDecision.asserted(
                        ChangedDecision.challenged(alone, act.text()),
                        BrowserAnswers.assertion(alice.passkey().sign(hash, HONEST)));
        return ChangedGrant.of(grant)
                .checkpoint(null)
                .breakGlass(
                        ChangedDecision.logged(
                                anew,
                                new LogProof(log.sequence(), log.leafHash(), log.chainHash())))
                .grant();
    }

    @Test
    void anActIsNeverAmongThoseThatWereSignedTogether() {
        breakGlass(alice, approval);
        Grant grant = checks.of(approval);
        BatchProof among =
                new BatchProof(Digest.of("root"), 2, 0, List.of(Digest.of("the other one")));
        Grant together =
                ChangedGrant.of(grant)
                        .breakGlass(
                                ChangedDecision.placed(
                                        Objects.requireNonNull(grant.breakGlass()), among))
                        .grant();

        assertEquals(
                List.of(Verification.Code.BAD_ASSERTION), checks.problems(together, changeSet));
    }

    private BrokenGlass breakGlass(Somebody who, Approval about) {
        Prepared prepared = prepare(who, about);
        return done(house.breakGlass.use(who.session(), signed(who, prepared)));
    }

    private Prepared prepare(Somebody who, Approval about) {
        return house.breakGlass.prepare(
                about.request().id(),
                who.session(),
                SHOWN.digest(),
                "INC-4711",
                "the shop is down");
    }

    private Prepared prepare(Somebody who, String incident, String reason) {
        return house.breakGlass.prepare(
                approval.request().id(), who.session(), SHOWN.digest(), incident, reason);
    }

    private void review(Somebody who, boolean justified) {
        Prepared prepared =
                house.breakGlassReview.prepare(
                        who.session(), approval.request().id(), justified, "looked at it");
        assertTrue(
                done(house.breakGlassReview.review(who.session(), signed(who, prepared)))
                        .reviewed());
    }

    private Grants.Used consume() {
        return house.grants.consume(pipeline("p"), ApprovalHouse.claim(approval, changeSet));
    }

    private String envelope() {
        return house.grants.envelope(approval.request().id()).orElseThrow();
    }

    private Verification verify(Instant now, String envelope) {
        return checks.verify(envelope, changeSet, now);
    }

    private Approval current(Approval about) {
        return house.store.find(about.request().id()).orElseThrow();
    }
}
