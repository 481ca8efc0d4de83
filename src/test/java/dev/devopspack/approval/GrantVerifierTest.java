package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.HONEST;
import static dev.devopspack.approval.ApprovalHouse.SITE;
import static dev.devopspack.approval.GrantChecks.codes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.GrantVerifier.Intent;
import dev.devopspack.approval.GrantVerifier.Trust;
import dev.devopspack.approval.Verification.Code;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.Measured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantVerifierTest {

    /// Enough to hit every part of a grant many times in some seconds.
    private static final int FLIPS = Measured.times("flips", 3_000);

    private final ApprovalHouse house = new ApprovalHouse();
    private final GrantChecks checks = new GrantChecks(house);
    private Somebody alice;
    private ChangeSet changeSet;
    private String envelope;
    private Grant grant;

    @BeforeEach
    void aGrant() {
        alice = house.enrolled("Alice", Role.APPROVER);
        Somebody requester = house.enrolled("Requester", Role.REQUESTER);
        changeSet = house.changeSet(requester.id());
        envelope = house.approve(house.opened(changeSet), alice).grant();
        grant = GrantChecks.parsed(envelope);
    }

    @Test
    void aGrantHoldsAndSaysWhatWasNotProven() {
        Verification.Verified verified =
                assertInstanceOf(Verification.Verified.class, verify(envelope));

        assertEquals(
                List.of(
                        GrantVerifier.NOT_PROVEN,
                        "the approvers' keys were not pinned: that these keys belong to these"
                                + " people is the server's word"),
                verified.notes());
    }

    @Test
    void withPinnedApproversOnlySingleUseStaysUnproven() {
        Trust trust =
                new Trust(
                        house.keys.published(),
                        SITE,
                        Map.of(alice.id(), Set.of(grant.decisions().getFirst().publicKey())));

        Verification.Verified verified =
                assertInstanceOf(
                        Verification.Verified.class, verify(envelope, intent(), trust, now()));

        assertEquals(List.of(GrantVerifier.NOT_PROVEN), verified.notes());
    }

    @Test
    void aKeyThatIsNotPinnedForThePersonIsRefused() {
        Trust others = new Trust(house.keys.published(), null, Map.of(alice.id(), Set.of("other")));
        Trust elsewhere =
                new Trust(
                        house.keys.published(),
                        new RelyingParty("evil.example", "x", Set.of("https://evil.example")),
                        Map.of());

        assertEquals(
                List.of(Code.UNKNOWN_APPROVER, Code.QUORUM_NOT_MET),
                codes(verify(envelope, intent(), others, now())));
        assertEquals(List.of(Code.OTHER_SITE), codes(verify(envelope, intent(), elsewhere, now())));
    }

    @Test
    void everyReasonIsNamed() {
        Map<String, Digest> files = new TreeMap<>(intent().files().digests());
        files.remove("modules/net/main.tf");
        files.put("main.tf", Digest.of("changed"));
        files.put("evil.tf", Digest.of("added"));
        Intent wrong =
                new Intent(
                        new Environment("staging"), PresentedFiles.of(files), Digest.of("plan 2"));

        Verification verification =
                verify(
                        envelope,
                        wrong,
                        Trust.in(house.keys.published()),
                        now().plus(Duration.ofMinutes(31)));

        assertEquals(
                List.of(
                        Code.EXPIRED,
                        Code.OTHER_ENVIRONMENT,
                        Code.FILE_CHANGED,
                        Code.FILE_MISSING,
                        Code.FILE_EXTRA,
                        Code.PLAN_CHANGED),
                codes(verification));
    }

    @Test
    void aGrantIsNotValidBeforeItsTime() {
        assertEquals(
                List.of(Code.NOT_YET_VALID),
                codes(
                        verify(
                                envelope,
                                intent(),
                                Trust.in(house.keys.published()),
                                now().minusSeconds(1))));
    }

    @Test
    void anotherServersGrantIsRefused() {
        MemorySigningKeys forger = new MemorySigningKeys(ApprovalHouse.START);

        assertEquals(
                List.of(Code.UNKNOWN_KEY),
                codes(verify(Envelope.sign(grant.payload(), forger).text())));
    }

    @Test
    void aSignatureOfTheRightKeyIdByAnotherKeyIsRefused() {
        MemorySigningKeys forger = new MemorySigningKeys(ApprovalHouse.START);
        Envelope forged =
                new Envelope(
                        grant.payload(),
                        List.of(
                                new Envelope.Signed(
                                        house.keys.currentKeyId(),
                                        forger.sign(Envelope.encoded(grant.payload()))
                                                .signature())));

        assertEquals(List.of(Code.BAD_SERVER_SIGNATURE), codes(verify(forged.text())));
    }

    @Test
    void aRetiredKeyVerifiesOnlyWhatItSignedInTime() {
        KeySet.Key key = house.keys.published().keys().getFirst();
        KeySet before = retired(key, now());
        KeySet after = retired(key, now().plusSeconds(1));

        assertEquals(
                List.of(Code.KEY_OUT_OF_TIME),
                codes(verify(envelope, intent(), Trust.in(before), now())));
        assertInstanceOf(
                Verification.Verified.class, verify(envelope, intent(), Trust.in(after), now()));
    }

    private static KeySet retired(KeySet.Key key, Instant notAfter) {
        return new KeySet(List.of(new KeySet.Key(key.x(), key.notBefore(), notAfter)));
    }

    /// Whoever has the server's key alone still needs the person's signature over the same things.
    @Test
    void whoeverHoldsTheServersKeyCannotChangeWhatThePersonSigned() {
        ChangeSet other = house.changeSet(null, "resource \"evil\" \"thing\" {}\n");
        Grant.Approved decision = grant.decisions().getFirst();
        List<Grant> forged =
                List.of(
                        changed().manifest(ApprovedManifest.of(other.manifest())).unproven(),
                        changed().verdicts(Digest.of("v")).unproven(),
                        changed().rendering(Digest.of("r")).unproven(),
                        changed().executeBy(grant.executeBy().plusSeconds(1)).unproven(),
                        changed().id(new ApprovalId("ap-" + "a".repeat(26))).unproven(),
                        changed()
                                .decisions(
                                        ChangedDecision.by(
                                                decision, new PersonId(UUID.randomUUID())))
                                .unproven(),
                        changed()
                                .decisions(
                                        ChangedDecision.challenged(
                                                decision,
                                                decision.challenge()
                                                        .replace("\"uses\":1", "\"uses\":2")))
                                .unproven());

        List<List<Code>> codes =
                forged.stream().map(each -> checks.problems(each, changeSet)).toList();

        assertEquals(
                forged.size(),
                codes.stream().filter(c -> c.contains(Code.BAD_ASSERTION)).count(),
                () -> codes.toString());
    }

    /// What a person signed in earnest counts for nothing but exactly that.
    @Test
    void aSignatureThatHoldsIsNoYesToAnotherGrant() {
        String challenge = grant.decisions().getFirst().challenge();
        Challenge signed = Challenge.parse(challenge);
        Map<String, String> others =
                Map.ofEntries(
                        Map.entry(signed.request().value(), "ap-" + "a".repeat(26)),
                        Map.entry(signed.digest().value(), Digest.of("d").value()),
                        Map.entry(signed.verdicts().value(), Digest.of("v").value()),
                        Map.entry(signed.rendering().value(), Digest.of("r").value()),
                        Map.entry(signed.policy().value(), Digest.of("p").value()),
                        Map.entry("\"approve\"", "\"deny\""),
                        Map.entry("\"production\"", "\"staging\""),
                        Map.entry(alice.id().toString(), UUID.randomUUID().toString()),
                        Map.entry("\"uses\":1", "\"uses\":2"),
                        Map.entry(
                                "\"notBefore\":\"" + signed.notBefore(),
                                "\"notBefore\":\"" + grant.notBefore().plusSeconds(1)),
                        Map.entry(
                                "\"executeBy\":\"" + signed.executeBy(),
                                "\"executeBy\":\"" + grant.executeBy().minusSeconds(1)));
        Map<String, List<Code>> codes = new TreeMap<>();
        Map<String, List<Code>> refused = new TreeMap<>();
        others.forEach((part, other) -> {
            Grant.Approved anew = signedAnew(alice.id(), challenge.replace(part, other));
            codes.put(part, checks.problems(changed().decisions(anew).unproven(), changeSet));
            refused.put(part, List.of(Code.BAD_ASSERTION, Code.QUORUM_NOT_MET));
        });

        assertEquals(refused, codes);
        assertInstanceOf(
                Verification.Verified.class,
                checks.verify(
                        checks.signed(
                                changed().decisions(signedAnew(alice.id(), challenge)).unproven()),
                        changeSet));
    }

    @Test
    void onePersonTwiceCountsOnce() {
        Grant.Approved decision = grant.decisions().getFirst();
        Grant two = changed().quorum(2).decisions(decision, decision).unproven();

        assertEquals(List.of(Code.QUORUM_NOT_MET), checks.problems(two, changeSet));
    }

    @Test
    void aSecondPersonWithTheSameKeyDoesNotCount() {
        Grant.Approved decision = grant.decisions().getFirst();
        PersonId second = new PersonId(UUID.randomUUID());
        Grant.Approved again =
                signedAnew(
                        second,
                        decision.challenge().replace(alice.id().toString(), second.toString()));
        Grant two = changed().quorum(2).decisions(decision, again).unproven();

        assertEquals(List.of(Code.QUORUM_NOT_MET), checks.problems(two, changeSet));
    }

    @Test
    void aPinnedSiteWithoutAnOriginOfTheGrantIsRefused() {
        Trust narrow =
                new Trust(
                        house.keys.published(),
                        new RelyingParty(SITE.id(), SITE.name(), Set.of("https://" + SITE.id())),
                        Map.of());

        assertEquals(List.of(Code.OTHER_SITE), codes(verify(envelope, intent(), narrow, now())));
    }

    /// Alice's passkey signs this challenge, in the name of that person.
    private Grant.Approved signedAnew(PersonId person, String challenge) {
        byte[] hash = Challenge.parse(challenge).hash();
        String answer =
                alice.passkey()
                        .sign(Base64.getUrlEncoder().withoutPadding().encodeToString(hash), HONEST);
        Grant.Approved decision = ChangedDecision.by(grant.decisions().getFirst(), person);
        return ChangedDecision.asserted(
                ChangedDecision.challenged(decision, challenge), BrowserAnswers.assertion(answer));
    }

    @Test
    void noFlippedBitIsAccepted() {
        byte[] bytes = envelope.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20261123);
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = bytes.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            if (verify(new String(flipped, StandardCharsets.UTF_8))
                    instanceof Verification.Verified) {
                accepted.add("byte " + at);
            }
        }

        assertEquals(List.of(), accepted);
    }

    /// The same below the server's signature: each flipped payload is signed anew by the server.
    @Test
    void noFlippedBitIsAcceptedFromTheServerItself() {
        byte[] bytes = grant.payload();
        Random random = new Random(20261124);
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = bytes.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Verification verification = verify(Envelope.sign(flipped, house.keys).text());
            if (verification instanceof Verification.Verified verified
                    && !onlyTheServersWord(verified.grant())) {
                accepted.add(
                        new String(bytes, at - 20, 21, StandardCharsets.UTF_8)
                                + " became "
                                + (char) flipped[at]);
            }
        }

        assertEquals(List.of(), accepted);
    }

    /// Some facts are the server's word alone and no person's: when it issued the grant, what the
    /// credential is called, what the log's chain was then and who signed its checkpoint.
    private boolean onlyTheServersWord(Grant changed) {
        Grant same =
                new Grant(
                        changed.id(),
                        changed.manifest(),
                        changed.verdicts(),
                        changed.rendering(),
                        grant.renderer(),
                        changed.quorum(),
                        new RelyingParty(
                                changed.site().id(), SITE.name(), changed.site().origins()),
                        grant.notBefore(),
                        grant.executeBy(),
                        grant.issuedAt(),
                        changed.decisions().stream().map(this::withTheRightLog).toList(),
                        sameTree(changed.checkpoint()) ? grant.checkpoint() : null,
                        null);
        return same.equals(grant);
    }

    /// Who signed the checkpoint is looked at only by who pins the log's key.
    private boolean sameTree(@Nullable SignedCheckpoint other) {
        SignedCheckpoint right = grant.checkpoint();
        return other != null
                && right != null
                && other.checkpoint().size() == right.checkpoint().size()
                && other.checkpoint().root().equals(right.checkpoint().root());
    }

    private Grant.Approved withTheRightLog(Grant.Approved decision) {
        Grant.Approved right = grant.decisions().getFirst();
        return new Grant.Approved(
                decision.approver(),
                decision.publicKey(),
                decision.challenge(),
                new Assertion(
                        right.assertion().credentialId(),
                        decision.assertion().authenticatorData(),
                        decision.assertion().clientDataJson(),
                        decision.assertion().signature()),
                right.decidedAt(),
                new LogProof(
                        decision.log().sequence(),
                        decision.log().leafHash(),
                        right.log().chainHash(),
                        decision.log().included()));
    }

    private ChangedGrant changed() {
        return ChangedGrant.of(grant);
    }

    @Test
    void aSignatureInAnotherEncodingIsNotTakenForAnother() {
        Grant.Approved d = grant.decisions().getFirst();
        byte[] signature = Base64.getUrlDecoder().decode(d.assertion().signature());
        signature[signature.length - 1] ^= 1;
        Assertion forged =
                new Assertion(
                        d.assertion().credentialId(),
                        d.assertion().authenticatorData(),
                        d.assertion().clientDataJson(),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
        Grant changed = changed().decisions(ChangedDecision.asserted(d, forged)).unproven();

        assertEquals(
                List.of(Code.BAD_ASSERTION, Code.QUORUM_NOT_MET),
                checks.problems(changed, changeSet));
    }

    private Verification verify(String text) {
        return verify(text, intent(), Trust.in(house.keys.published()), now());
    }

    private Verification verify(String text, Intent intent, Trust trust, Instant at) {
        return house.verifier.verify(text, intent, trust, at);
    }

    private Intent intent() {
        return GrantChecks.intent(changeSet);
    }

    private Instant now() {
        return house.clock.instant();
    }
}
