package dev.devopspack.approval;

import dev.devopspack.approval.Verification.Code;
import dev.devopspack.approval.Verification.Problem;
import dev.devopspack.approval.act.Act;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks a grant against the files themselves. Pure: it asks no server and reads no store.
///
/// It follows each person's signature to the manifest's digest and from there to every file, so
/// that whoever holds the server's key alone can approve nothing where the approvers' keys are
/// pinned too. That nobody used the grant before only the server can tell.
public final class GrantVerifier {

    static final String NOT_PROVEN =
            "single use was not proven: only the server knows whether the grant was used before";

    private static final String FRESH = "Ask for the approval again.";

    private final PasskeyVerifier passkeys;

    public GrantVerifier(PasskeyVerifier passkeys) {
        this.passkeys = passkeys;
    }

    /// What the verifier trusts beforehand.
    ///
    /// @param keys the server's keys
    /// @param site the site on which people sign, or null to take the grant's word for it
    /// @param approvers the passkeys' public keys by person; empty to take the grant's word for it
    public record Trust(
            KeySet keys, @Nullable RelyingParty site, Map<PersonId, Set<String>> approvers) {

        public Trust {
            approvers = Map.copyOf(approvers);
        }

        public static Trust in(KeySet keys) {
            return new Trust(keys, null, Map.of());
        }
    }

    /// What is about to be done.
    ///
    /// @param plan the SHA-256 of the plan file that will be applied, where there is one
    public record Intent(Environment environment, PresentedFiles files, @Nullable Digest plan) {}

    public Verification verify(String envelope, Intent intent, Trust trust, Instant now) {
        List<Problem> problems = new ArrayList<>();
        Grant grant;
        try {
            Envelope parsed = Envelope.parse(envelope);
            Optional<Problem> unsigned = serverSignature(parsed, trust.keys());
            if (unsigned.isPresent()) {
                return new Verification.Rejected(List.of(unsigned.get()));
            }
            grant = Grant.parse(parsed.payload());
            signedInTime(parsed, grant, trust.keys()).ifPresent(problems::add);
        } catch (InvalidInput e) {
            return new Verification.Rejected(
                    List.of(new Problem(Code.BAD_GRANT, e.where(), e.problem(), e.mend())));
        }
        times(grant, now).ifPresent(problems::add);
        environment(grant, intent).ifPresent(problems::add);
        site(grant, trust).ifPresent(problems::add);
        people(grant, trust, problems);
        problems.addAll(LogEvidence.within(grant));
        files(grant, intent.files(), problems);
        plan(grant, intent.plan()).ifPresent(problems::add);
        return problems.isEmpty()
                ? new Verification.Verified(grant, notes(grant, trust))
                : new Verification.Rejected(problems);
    }

    private static List<String> notes(Grant grant, Trust trust) {
        List<String> notes = new ArrayList<>(List.of(NOT_PROVEN));
        Grant.Approved alone = grant.breakGlass();
        if (alone != null) {
            Act act = Act.parse(alone.challenge());
            notes.add(
                    "BREAK GLASS: person "
                            + alone.approver()
                            + " let it through alone for "
                            + act.fact("incident")
                            + " ("
                            + act.fact("approvers")
                            + " had approved): "
                            + act.fact("reason").replace('\n', ' '));
        }
        if (trust.approvers().isEmpty()) {
            notes.add(
                    "the approvers' keys were not pinned: that these keys belong to these people"
                            + " is the server's word");
        }
        return notes;
    }

    private static Optional<Problem> serverSignature(Envelope envelope, KeySet keys) {
        byte[] message = Envelope.encoded(envelope.payload());
        boolean known = false;
        for (Envelope.Signed signed : envelope.signatures()) {
            Optional<KeySet.Key> key = keys.find(signed.keyId());
            known |= key.isPresent();
            if (key.isPresent() && key.get().verifies(message, signed.signature())) {
                return Optional.empty();
            }
        }
        return Optional.of(
                known
                        ? new Problem(
                                Code.BAD_SERVER_SIGNATURE,
                                "grant",
                                "the server's signature does not fit the grant",
                                "Download the grant again.")
                        : new Problem(
                                Code.UNKNOWN_KEY,
                                "grant",
                                "it is signed by no key that is pinned",
                                "Pin the server's key set, or use the server that issued it."));
    }

    private static Optional<Problem> signedInTime(Envelope envelope, Grant grant, KeySet keys) {
        byte[] message = Envelope.encoded(envelope.payload());
        boolean inTime =
                envelope.signatures().stream()
                        .anyMatch(signed ->
                                keys.find(signed.keyId())
                                        .filter(key -> key.signedInTime(grant.issuedAt()))
                                        .filter(key -> key.verifies(message, signed.signature()))
                                        .isPresent());
        return inTime
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                Code.KEY_OUT_OF_TIME,
                                "grant",
                                "its key did not sign grants at " + grant.issuedAt(),
                                FRESH));
    }

    private static Optional<Problem> times(Grant grant, Instant now) {
        if (now.isBefore(grant.notBefore())) {
            return Optional.of(
                    new Problem(
                            Code.NOT_YET_VALID,
                            "grant",
                            "it is valid from " + grant.notBefore() + " on",
                            "Check this machine's clock."));
        }
        if (!now.isBefore(grant.executeBy())) {
            return Optional.of(
                    new Problem(
                            Code.EXPIRED, "grant", "it expired at " + grant.executeBy(), FRESH));
        }
        return Optional.empty();
    }

    private static Optional<Problem> environment(Grant grant, Intent intent) {
        Environment approved = grant.manifest().environment();
        return approved.equals(intent.environment())
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                Code.OTHER_ENVIRONMENT,
                                "environment",
                                "'"
                                        + approved
                                        + "' was approved, not '"
                                        + intent.environment()
                                        + "'",
                                "Use the grant of this environment."));
    }

    private static Optional<Problem> site(Grant grant, Trust trust) {
        RelyingParty pinned = trust.site();
        boolean fits =
                pinned == null
                        || (pinned.id().equals(grant.site().id())
                                && pinned.origins().containsAll(grant.site().origins()));
        return fits
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                Code.OTHER_SITE,
                                "grant",
                                "people signed it on the site '" + grant.site().id() + "'",
                                "Use the server that this pipeline trusts."));
    }

    private void people(Grant grant, Trust trust, List<Problem> problems) {
        Set<PersonId> people = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Grant.Approved decision : grant.decisions()) {
            Optional<Problem> problem = person(grant, decision, trust);
            if (problem.isPresent()) {
                problems.add(problem.get());
            } else if (keys.add(decision.publicKey())) {
                people.add(decision.approver());
            }
        }
        Grant.Approved alone = grant.breakGlass();
        if (alone != null) {
            // A yes that does not hold is a forgery also where none is needed.
            alone(grant, alone, trust).ifPresent(problems::add);
        } else if (grant.quorum() < 1 || people.size() < grant.quorum()) {
            problems.add(
                    new Problem(
                            Code.QUORUM_NOT_MET,
                            "grant",
                            people.size() + " of " + grant.quorum() + " people approved it",
                            FRESH));
        }
    }

    /// Who let it through alone signed an act of that kind about exactly this grant.
    private Optional<Problem> alone(Grant grant, Grant.Approved alone, Trust trust) {
        String where = "person " + alone.approver();
        Optional<Problem> stranger = stranger(grant, alone, trust);
        if (stranger.isPresent()) {
            return stranger;
        }
        if (alone.batch() != null) {
            return bad(where, "an act is never signed together with others");
        }
        Act act;
        try {
            act = Act.parse(alone.challenge());
            if (!fits(act, grant, alone)) {
                return bad(where, "what was signed is something else than this grant");
            }
        } catch (InvalidInput e) {
            return bad(where, e.problem());
        } catch (DateTimeParseException e) {
            return bad(where, "what was signed names no usable time");
        }
        return signature(where, grant, act.hash(), alone);
    }

    private static boolean fits(Act act, Grant grant, Grant.Approved alone) {
        return act.kind() == Act.Kind.BREAK_GLASS
                && act.person().equals(alone.approver())
                && act.fact("request").equals(grant.id().value())
                && act.fact("digest").equals(grant.digest().value())
                && act.fact("verdicts").equals(grant.verdicts().value())
                && act.fact("rendering").equals(grant.rendering().value())
                && act.fact("environment").equals(grant.manifest().environment().value())
                && act.fact("policy").equals(grant.manifest().policy().value())
                && act.fact("uses").equals("1")
                && !grant.notBefore().isBefore(Instant.parse(act.fact("notBefore")))
                && !grant.executeBy().isAfter(Instant.parse(act.fact("executeBy")));
    }

    private Optional<Problem> person(Grant grant, Grant.Approved decision, Trust trust) {
        String where = "person " + decision.approver();
        Optional<Problem> stranger = stranger(grant, decision, trust);
        if (stranger.isPresent()) {
            return stranger;
        }
        Challenge challenge;
        try {
            challenge = Challenge.parse(decision.challenge());
        } catch (InvalidInput e) {
            return bad(where, e.problem());
        }
        if (!fits(challenge, grant, decision)) {
            return bad(where, "what was signed is something else than this grant");
        }
        BatchProof batch = decision.batch();
        if (batch == null) {
            return signature(where, grant, challenge.hash(), decision);
        }
        return batch.holds(challenge)
                ? signature(where, grant, batch.hash(), decision)
                : bad(where, "this decision is not among those that were signed together");
    }

    private static Optional<Problem> stranger(Grant grant, Grant.Approved decision, Trust trust) {
        String where = "person " + decision.approver();
        if (decision.approver().toString().equals(grant.manifest().requesterPerson())) {
            return bad(where, "the human who asked cannot approve");
        }
        boolean pinned =
                trust.approvers().isEmpty()
                        || trust.approvers()
                                .getOrDefault(decision.approver(), Set.of())
                                .contains(decision.publicKey());
        return pinned
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                Code.UNKNOWN_APPROVER,
                                where,
                                "the passkey is not pinned for this person",
                                "Pin it if the person enrolled a new one."));
    }

    private Optional<Problem> signature(
            String where, Grant grant, byte[] challenge, Grant.Approved decision) {
        PasskeyVerifier.Checked checked =
                passkeys.check(grant.site(), challenge, decision.publicKey(), decision.assertion());
        return switch (checked) {
            case PasskeyVerifier.Checked.Valid _ -> Optional.empty();
            case PasskeyVerifier.Checked.Invalid invalid -> bad(where, invalid.why());
        };
    }

    private static Optional<Problem> bad(String where, String problem) {
        return Optional.of(new Problem(Code.BAD_ASSERTION, where, problem, FRESH));
    }

    private static boolean fits(Challenge challenge, Grant grant, Grant.Approved decision) {
        return challenge.request().equals(grant.id())
                && challenge.digest().equals(grant.digest())
                && challenge.verdicts().equals(grant.verdicts())
                && challenge.rendering().equals(grant.rendering())
                && challenge.decision() == Decision.Choice.APPROVE
                && challenge.environment().equals(grant.manifest().environment())
                && challenge.approver().equals(decision.approver())
                && challenge.uses() == 1
                && challenge.policy().equals(grant.manifest().policy())
                && !grant.notBefore().isBefore(challenge.notBefore())
                && !grant.executeBy().isAfter(challenge.executeBy());
    }

    private static void files(Grant grant, PresentedFiles files, List<Problem> problems) {
        Map<String, Digest> approved = grant.manifest().files();
        approved.forEach((name, digest) -> {
            Digest presented = files.digests().get(name);
            if (presented == null) {
                problems.add(
                        new Problem(
                                Code.FILE_MISSING,
                                name,
                                "the approved file is missing",
                                "Put back the approved files."));
            } else if (!presented.equals(digest)) {
                problems.add(
                        new Problem(
                                Code.FILE_CHANGED,
                                name,
                                "the file is not the approved one: it has "
                                        + presented
                                        + ", approved is "
                                        + digest,
                                "Put back the approved file, or submit the change anew."));
            }
        });
        files.digests().keySet().stream()
                .filter(name -> !approved.containsKey(name))
                .forEach(name ->
                        problems.add(
                                new Problem(
                                        Code.FILE_EXTRA,
                                        Hidden.marked(name),
                                        "the file is not among the approved ones",
                                        "Remove it, or submit the change anew.")));
    }

    private static Optional<Problem> plan(Grant grant, @Nullable Digest plan) {
        Digest approved = grant.manifest().planFile();
        if (approved == null ? plan == null : approved.equals(plan)) {
            return Optional.empty();
        }
        String problem =
                approved == null
                        ? "no plan was approved"
                        : plan == null
                                ? "a plan was approved and none is given"
                                : "the plan is not the approved one";
        return Optional.of(
                new Problem(
                        Code.PLAN_CHANGED,
                        "plan",
                        problem,
                        "Use exactly the plan file that was submitted."));
    }
}
