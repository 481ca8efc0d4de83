package dev.devopspack.approval;

import dev.devopspack.approval.Deciding.Asked;
import dev.devopspack.approval.Deciding.Signature;
import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Assertion;
import dev.devopspack.identity.BrowserAnswers;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a person approves several requests with one signature: all of them or none. What is bound
/// for each is exactly what a decision of its own binds.
///
/// Only a yes is given this way: a no needs its own reason.
public final class BatchDecisions {

    private final ApprovalStore store;
    private final PasskeyCeremony ceremony;
    private final Deciding deciding;
    private final Trail trail;
    private final Transactions transactions;
    private final Clock clock;

    BatchDecisions(
            ApprovalStore store,
            PasskeyCeremony ceremony,
            Deciding deciding,
            Trail trail,
            Transactions transactions,
            Clock clock) {
        this.store = store;
        this.ceremony = ceremony;
        this.deciding = deciding;
        this.trail = trail;
        this.transactions = transactions;
        this.clock = clock;
    }

    public sealed interface Options {

        /// @param json what the browser hands to `navigator.credentials.get`
        record Ready(String json, Instant expiresAt) implements Options {}

        record Refused(Refusal refusal) implements Options {}
    }

    public sealed interface Result {

        /// @param each in the order in which the requests stand in the signed tree
        record Recorded(List<Decisions.Result.Recorded> each) implements Result {

            public Recorded {
                each = List.copyOf(each);
            }
        }

        record Refused(Refusal refusal) implements Result {}
    }

    /// Makes the one challenge for all of them: valid once, for three minutes.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Options options(List<ApprovalId> ids, Principal by) {
        PersonId person = Deciding.person(by);
        Instant now = clock.instant();
        try {
            Batch.checkCount(ids.size());
            List<Challenge> challenges = new ArrayList<>();
            for (ApprovalId id : ids) {
                Approval approval = store.find(id).orElse(null);
                if (approval == null) {
                    return new Options.Refused(whole(Approvals.unknown(id), null));
                }
                Optional<Refusal> against = deciding.against(approval, person, Choice.APPROVE, now);
                if (against.isPresent()) {
                    return new Options.Refused(whole(against.get(), approval.request()));
                }
                challenges.add(deciding.challenge(approval, person, Choice.APPROVE, now));
            }
            Batch batch = new Batch(challenges);
            PasskeyCeremony.Opened opened =
                    ceremony.open(
                            Ceremony.Purpose.DECIDE_BATCH, person, batch.text(), batch.hash(), now);
            return new Options.Ready(opened.options(), opened.expiresAt());
        } catch (InvalidInput e) {
            return new Options.Refused(new Refusal(Code.BAD_INPUT, e.problem(), e.mend()));
        }
    }

    /// Records a yes to each of them if everything about every one of them holds, else nothing.
    ///
    /// @param displayed for each request, the digest that the browser computed from the text it
    ///   displayed
    /// @param assertionJson what the browser's `PublicKeyCredential.toJSON()` gave
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result decide(Map<ApprovalId, Digest> displayed, Principal by, String assertionJson) {
        PersonId person = Deciding.person(by);
        deciding.awake(displayed.keySet().stream().limit(BatchProof.MOST).toList());
        return transactions.inOne(() -> {
            Map<ApprovalId, Asked> asked = new HashMap<>();
            try {
                Batch.checkCount(displayed.size());
                Assertion assertion = BrowserAnswers.assertion(assertionJson);
                Instant now = clock.instant();
                // Always in the same order: two people who approve the same ones wait for each
                // other, never in a circle.
                for (Map.Entry<ApprovalId, Digest> each : ordered(displayed)) {
                    ApprovalId id = each.getKey();
                    Approval approval = store.lock(id).orElse(null);
                    if (approval == null) {
                        return refused(by, asked, whole(Approvals.unknown(id), null), null);
                    }
                    asked.put(
                            id,
                            new Asked(approval, person, Choice.APPROVE, "", each.getValue(), now));
                }
                return decide(asked, by, person, assertion, now);
            } catch (InvalidInput e) {
                return refused(by, asked, new Refusal(Code.BAD_INPUT, e.problem(), e.mend()), null);
            }
        });
    }

    private static List<Map.Entry<ApprovalId, Digest>> ordered(Map<ApprovalId, Digest> displayed) {
        return displayed.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().value()))
                .toList();
    }

    private Result decide(
            Map<ApprovalId, Asked> asked,
            Principal by,
            PersonId person,
            Assertion assertion,
            Instant now) {
        Optional<String> given =
                deciding.take(Ceremony.Purpose.DECIDE_BATCH, assertion, person, now);
        if (given.isEmpty()) {
            return refused(by, asked, PasskeyCeremony.NO_CHALLENGE, null);
        }
        Batch batch = Batch.parse(given.get());
        if (!fits(batch, asked)) {
            return refused(
                    by,
                    asked,
                    new Refusal(
                            Code.BAD_CHALLENGE,
                            "other requests were signed than these",
                            "Choose the requests again and sign once more."),
                    null);
        }
        for (Challenge challenge : batch.challenges()) {
            Asked one = Objects.requireNonNull(asked.get(challenge.request()));
            Optional<Refusal> against =
                    deciding.against(one.approval(), person, Choice.APPROVE, now)
                            .or(() -> Deciding.otherText(one));
            if (against.isPresent()) {
                return refused(by, asked, against.get(), one.request());
            }
        }
        List<ApprovalRequest> requests = asked.values().stream().map(Asked::request).toList();
        return switch (deciding.signature(requests, person, batch.hash(), assertion, now)) {
            case Signature.Refused refused ->
                    refused(by, asked, refused.refusal(), refused.request());
            case Signature.Valid valid ->
                    new Result.Recorded(
                            deciding.record(
                                    signed(batch, asked), valid.publicKey(), assertion, now));
        };
    }

    private static boolean fits(Batch batch, Map<ApprovalId, Asked> asked) {
        return batch.challenges().size() == asked.size()
                && batch.challenges().stream()
                        .allMatch(challenge -> {
                            Asked one = asked.get(challenge.request());
                            return one != null && Deciding.fits(challenge, one);
                        });
    }

    private static List<Deciding.Signed> signed(Batch batch, Map<ApprovalId, Asked> asked) {
        List<Deciding.Signed> signed = new ArrayList<>();
        for (int index = 0; index < batch.challenges().size(); index++) {
            Challenge challenge = batch.challenges().get(index);
            signed.add(
                    new Deciding.Signed(
                            Objects.requireNonNull(asked.get(challenge.request())),
                            challenge,
                            batch.proof(index)));
        }
        return signed;
    }

    /// Remembers the refusal with the request that it is about, or with all where it is about none.
    private Result refused(
            Principal by,
            Map<ApprovalId, Asked> asked,
            Refusal refusal,
            @Nullable ApprovalRequest about) {
        for (Asked one : asked.values()) {
            if (about == null || one.request().equals(about)) {
                trail.append(
                        "approval.decision_refused",
                        by.actor(),
                        one.request(),
                        Map.of(
                                "code", refusal.code().name(),
                                "choice", Choice.APPROVE.name(),
                                "batchSize", String.valueOf(asked.size())));
            }
        }
        return new Result.Refused(about == null ? refusal : whole(refusal, about));
    }

    /// Says which one it was, and that none was decided.
    private static Refusal whole(Refusal refusal, @Nullable ApprovalRequest about) {
        String which = about == null ? "" : named(about) + ": ";
        return new Refusal(
                refusal.code(),
                which + refusal.problem(),
                refusal.mend() + " None of them was approved: choose again without this one.");
    }

    private static String named(ApprovalRequest request) {
        return request.stack() + " in " + request.environment() + " (" + request.id() + ")";
    }
}
