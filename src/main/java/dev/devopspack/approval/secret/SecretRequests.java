package dev.devopspack.approval.secret;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.ReasonText;
import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where secrets are asked for and looked up, by tokens and people alike. Nothing here approves and
/// nothing here has a value.
public final class SecretRequests {

    /// Whoever has more questions open than people read in a sitting wears them out.
    private static final int MAX_WAITING = 20;

    private final ApprovalPolicy policy;
    private final SecretStore store;
    private final Recipient.Directory recipients;
    private final SecretQuorum quorum;
    private final Pauses pauses;
    private final AuditLog log;
    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;

    public SecretRequests(
            ApprovalPolicy policy,
            SecretStore store,
            Recipient.Directory recipients,
            SecretQuorum quorum,
            Pauses pauses,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        this.policy = policy;
        this.store = store;
        this.recipients = recipients;
        this.quorum = quorum;
        this.pauses = pauses;
        this.log = log;
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// How many of its approvals count at this moment.
    public int counted(AskedSecret asked) {
        return quorum.counted(asked);
    }

    public sealed interface Asked {

        record New(AskedSecret secret) implements Asked {}

        record Refused(Refusal refusal) implements Asked {}
    }

    /// Asks people for a secret.
    ///
    /// @param reason in the asker's words; free of secrets, which the caller has seen to
    /// @throws NotAllowed where the caller may not ask, or nobody knows which human asks
    /// @throws InvalidInput where there is no such recipient
    public Asked ask(SecretSpec spec, Principal by, String reason) {
        PersonId person = requester(by);
        Optional<Refusal> paused = pauses.against(null, spec.secret().environment());
        if (paused.isPresent()) {
            return new Asked.Refused(paused.get());
        }
        String fingerprint =
                spec.recipient() == null ? "" : recipient(spec, spec.recipient()).fingerprint();
        String why = ReasonText.required("/reason", reason);
        return transactions.inOne(() -> {
            expire();
            return askNow(spec, by, person, why, fingerprint);
        });
    }

    private Asked askNow(
            SecretSpec spec, Principal by, PersonId person, String why, String fingerprint) {
        Optional<Refusal> refusal = refusal(spec, person);
        if (refusal.isPresent()) {
            return new Asked.Refused(refusal.get());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ApprovalPolicy.Terms terms = policy.terms(spec.secret().environment());
        SecretRequest request =
                new SecretRequest(
                        new SecretRequestId("sr-" + secrets.id(SecretRequestId.RANDOM_LENGTH)),
                        spec,
                        version(spec),
                        by.actor(),
                        person,
                        why,
                        fingerprint,
                        terms.approvers(),
                        now,
                        now.plus(terms.decideWithin()));
        if (!store.insert(request)) {
            return refused(
                    Code.WRONG_STATUS,
                    "people are asked for " + spec.secret().reference() + " already",
                    "Wait for their answer, then ask again.");
        }
        Map<String, String> facts = facts(request);
        facts.put("quorum", String.valueOf(request.quorum()));
        facts.put("decideBy", request.decideBy().toString());
        facts.put("reason", why);
        log.append(AuditEntry.of("secret.requested", by.actor(), facts));
        return new Asked.New(existing(request.id()));
    }

    private Optional<Refusal> refusal(SecretSpec spec, PersonId person) {
        if (store.waiting(person) >= MAX_WAITING) {
            return Optional.of(
                    new Refusal(
                            Code.WRONG_STATUS,
                            MAX_WAITING + " of your requests wait for people already",
                            "Wait for their answers."));
        }
        boolean usable = newestUsable(spec.secret()).isPresent();
        return switch (spec.operation()) {
            case CREATE ->
                    usable
                            ? Optional.of(
                                    new Refusal(
                                            Code.WRONG_STATUS,
                                            "there is a " + spec.secret().reference() + " already",
                                            "Ask to rotate it."))
                            : Optional.empty();
            case ROTATE, REVOKE ->
                    usable
                            ? Optional.empty()
                            : Optional.of(
                                    new Refusal(
                                            Code.WRONG_STATUS,
                                            "there is no usable " + spec.secret().reference(),
                                            "Ask to create it."));
        };
    }

    private Optional<SecretVersion> newestUsable(SecretName secret) {
        return store.versions(secret).stream()
                .filter(version -> version.revoked() == null)
                .findFirst();
    }

    /// What it makes is one more than the newest; what it revokes is the newest usable one.
    private int version(SecretSpec spec) {
        return spec.operation() == SecretOperation.REVOKE
                ? newestUsable(spec.secret()).orElseThrow().version()
                : store.versions(spec.secret()).stream()
                                .mapToInt(SecretVersion::version)
                                .max()
                                .orElse(0)
                        + 1;
    }

    private Recipient recipient(SecretSpec spec, String name) {
        Recipient found =
                recipients
                        .find(name)
                        .orElseThrow(() ->
                                new InvalidInput(
                                        "/recipient",
                                        "there is no recipient of this name",
                                        names().isEmpty()
                                                ? "The administrator configures them with"
                                                        + " devopspack.secrets.recipients."
                                                : "Use one of: " + names() + "."));
        if (spec.flow() == SecretFlow.TYPED && !(found instanceof ClusterRecipient)) {
            throw new InvalidInput(
                    "/recipient",
                    "a browser seals only to clusters with Sealed Secrets",
                    "Name a recipient that has a certificate.");
        }
        return found;
    }

    private String names() {
        return recipients.all().stream().map(Recipient::name).collect(Collectors.joining(", "));
    }

    private static PersonId requester(Principal by) {
        PersonId person = by.person();
        boolean may =
                switch (by.kind()) {
                    case TOKEN, SESSION -> by.roles().contains(Role.REQUESTER);
                    default -> false;
                };
        if (!may || person == null) {
            throw new NotAllowed(
                    "only somebody with the role REQUESTER asks for a secret",
                    "Use a token of a person who has it.");
        }
        return person;
    }

    /// Facts of audit entries about it, each without a value.
    static Map<String, String> facts(SecretRequest request) {
        Map<String, String> facts = new HashMap<>();
        facts.put("secretRequest", request.id().value());
        facts.put("secret", request.spec().secret().reference());
        facts.put("environment", request.spec().secret().environment().value());
        facts.put("operation", request.spec().operation().word());
        facts.put("flow", request.spec().flow().word());
        facts.put("version", String.valueOf(request.version()));
        if (request.spec().recipient() != null) {
            facts.put("recipient", request.spec().recipient());
            facts.put("fingerprint", request.fingerprint());
        }
        return facts;
    }

    /// Ends what has run out of time.
    public void expire() {
        transactions.allOrNothing(() ->
                store.expire(clock.instant())
                        .forEach(id ->
                                log.append(
                                        AuditEntry.of(
                                                "secret.expired",
                                                "system",
                                                facts(existing(id).request())))));
    }

    public Optional<AskedSecret> find(SecretRequestId id) {
        return store.find(id);
    }

    /// The newest first.
    public List<AskedSecret> newest(int limit) {
        return store.newest(limit);
    }

    /// Those that wait and have time left, the oldest first.
    public List<AskedSecret> pending(int limit) {
        Instant now = clock.instant();
        return store.pending(limit).stream()
                .filter(asked -> asked.statusAt(now) == AskedSecret.Status.PENDING)
                .toList();
    }

    /// Of all secrets, by their references.
    public List<SecretVersion> versions(int limit) {
        return store.versions(limit);
    }

    /// What it came to: manifests, steps or sealed bytes. Empty until it is DONE.
    public List<SecretFile> files(SecretRequestId id) {
        boolean done =
                store.find(id)
                        .filter(asked -> asked.status() == AskedSecret.Status.DONE)
                        .isPresent();
        return done ? store.files(id) : List.of();
    }

    /// In the order of their names.
    public List<Recipient> recipients() {
        return recipients.all();
    }

    private AskedSecret existing(SecretRequestId id) {
        return store.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    private static Asked refused(Code code, String problem, String mend) {
        return new Asked.Refused(new Refusal(code, problem, mend));
    }
}
