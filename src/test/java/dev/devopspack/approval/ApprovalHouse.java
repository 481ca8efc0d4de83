package dev.devopspack.approval;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.devopspack.approval.Decision.Choice;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.delegation.DelegationSigning;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.enforcement.Binding;
import dev.devopspack.approval.enforcement.Bindings;
import dev.devopspack.approval.pause.KillSwitch;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.WaiverSigning;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.StrictJson;
import dev.devopspack.change.Target;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Bookkeeping;
import dev.devopspack.identity.Ceremonies;
import dev.devopspack.identity.Enrolment;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.SignIn;
import dev.devopspack.identity.Tokens;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.InMemoryActs;
import dev.devopspack.testing.InMemoryApprovals;
import dev.devopspack.testing.InMemoryAuditLog;
import dev.devopspack.testing.InMemoryChangeSets;
import dev.devopspack.testing.InMemoryIdentity;
import dev.devopspack.testing.InMemorySealing;
import dev.devopspack.testing.MovingClock;
import dev.devopspack.testing.SoftPasskey;
import dev.devopspack.testing.SoftPasskey.Circumstances;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything about approvals put together in memory, with people who have passkeys.
final class ApprovalHouse {

    static final String ORIGIN = "http://localhost:8080";
    static final RelyingParty SITE = new RelyingParty("localhost", "DevOps Pack", Set.of(ORIGIN));
    static final Circumstances HONEST = Circumstances.honest(ORIGIN, "localhost");
    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    static final int MOST_AN_HOUR = 5;
    static final Environment PRODUCTION = new Environment("production");
    static final Bindings BINDINGS =
            new Bindings(
                    List.of(
                            new Binding(
                                    new StackName("payments/production"),
                                    PRODUCTION,
                                    "github",
                                    "acme/payments",
                                    List.of("refs/heads/main"),
                                    ".github/workflows/deploy.yml",
                                    "production")));
    static final Digest PLAN = Digest.of("the plan file");
    static final Digest VERDICTS = Digest.of("the verdicts");
    static final Acts.Signature UNSIGNED = new Acts.Signature("{}", Digest.of(""));
    static final Rendering SHOWN =
            new Rendering("devops-pack/review/v1", "creates 2 resources in production\n");

    final MovingClock clock = new MovingClock(START);
    final InMemoryIdentity identity = new InMemoryIdentity();
    final InMemoryApprovals store = new InMemoryApprovals();
    final InMemoryChangeSets changeSets = new InMemoryChangeSets();
    final InMemoryAuditLog log = new InMemoryAuditLog(clock);
    final InMemorySealing sealing = new InMemorySealing(log);
    final MemorySigningKeys keys = new MemorySigningKeys(START);
    final PasskeyVerifier passkeys = new PasskeyVerifier();
    final GrantVerifier verifier = new GrantVerifier(passkeys);
    final ApprovalPolicy policy;
    final People people;
    final Tokens tokens;
    final Sessions sessions;
    final Enrolment enrolment;
    final SignIn signIn;
    final Approvals approvals;
    final Quorum quorum;
    final Decisions decisions;
    final Grants grants;
    final InMemoryActs acts = new InMemoryActs();
    final Acts signing;
    final Pauses pauses;
    final KillSwitch killSwitch;
    final Waivers waivers;
    final WaiverSigning waiverSigning;
    final Delegations delegations;
    final DelegationSigning delegationSigning;
    final Emergencies emergencies;
    final BreakGlass breakGlass;
    final BreakGlassReview breakGlassReview;

    ApprovalHouse() {
        this(ApprovalPolicy.STRICT);
    }

    ApprovalHouse(ApprovalPolicy policy) {
        this.policy = policy;
        Secrets secrets = new Secrets();
        Transactions transactions = new OneAtATime();
        Bookkeeping books = new Bookkeeping(new AuditJournal(log), transactions, secrets, clock);
        InMemoryIdentity rows = identity;
        Ceremonies ceremonies = new Ceremonies(SITE, passkeys, rows.passkeys, rows.ceremonies);
        people = new People(rows.people, rows.passkeys, rows.enrolments, rows.sessions, books);
        tokens = new Tokens(rows.tokens, rows.people, books);
        sessions = new Sessions(rows.sessions, rows.people, secrets, clock);
        enrolment = new Enrolment(ceremonies, rows.people, rows.enrolments, sessions, books);
        signIn = new SignIn(ceremonies, rows.people, sessions, books);
        pauses = new Pauses(acts.pauses, rows.people, changeSets);
        PasskeyCeremony ceremony = new PasskeyCeremony(ceremonies);
        signing = new Acts(ceremony, acts, log, transactions, secrets, clock);
        killSwitch =
                new KillSwitch(
                        signing, acts.pauses, rows.people, Set.of("devops_terraform"), secrets);
        waivers = new Waivers(acts.waivers, acts, rows.people, rows.passkeys, store, clock);
        waiverSigning =
                new WaiverSigning(signing, acts.waivers, rows.people, secrets, store, clock);
        delegations = new Delegations(acts.delegations, acts, rows.people, rows.passkeys, clock);
        delegationSigning =
                new DelegationSigning(signing, acts.delegations, rows.people, secrets, clock);
        emergencies = new Emergencies(acts.brokenGlass, acts, rows.people, rows.passkeys);
        breakGlass =
                new BreakGlass(
                        policy,
                        signing,
                        store,
                        acts.brokenGlass,
                        rows.people,
                        pauses,
                        waivers,
                        new GrantIssuer(SITE, changeSets, store, keys, log, sealing),
                        log,
                        clock);
        breakGlassReview =
                new BreakGlassReview(signing, store, acts.brokenGlass, rows.people, log, clock);
        approvals = new Approvals(policy, store, log, transactions, secrets, clock, MOST_AN_HOUR);
        quorum = new Quorum(rows.people, rows.passkeys, delegations, store);
        decisions =
                new Decisions(
                        policy,
                        ceremony,
                        store,
                        quorum,
                        new GrantIssuer(SITE, changeSets, store, keys, log, sealing),
                        pauses,
                        waivers,
                        log,
                        transactions,
                        secrets,
                        clock);
        grants =
                new Grants(
                        policy,
                        verifier,
                        BINDINGS,
                        store,
                        changeSets,
                        quorum,
                        keys,
                        pauses,
                        waivers,
                        emergencies,
                        log,
                        transactions,
                        clock);
    }

    /// One transaction after the other.
    private static final class OneAtATime implements Transactions {
        @Override
        public synchronized <T> T inOne(Supplier<T> work) {
            return work.get();
        }
    }

    /// Somebody with a passkey, signed in.
    record Somebody(Person person, SoftPasskey passkey, Principal session) {
        PersonId id() {
            return person.id();
        }
    }

    Somebody enrolled(String name, Role... roles) {
        People.Invitation invitation = people.add(Principal.SYSTEM, name, Set.of(roles));
        return enrol(invitation, new SoftPasskey());
    }

    Somebody enrol(People.Invitation invitation, SoftPasskey passkey) {
        String challenge = challengeOf(enrolment.options(invitation.secret()).orElseThrow());
        Enrolment.Result.Enrolled done =
                assertInstanceOf(
                        Enrolment.Result.Enrolled.class,
                        enrolment.register(
                                invitation.secret(),
                                null,
                                "laptop",
                                passkey.register(challenge, HONEST.withType("webauthn.create"))));
        Principal session = sessions.authenticate(done.session().secret()).orElseThrow();
        return new Somebody(done.person(), passkey, session);
    }

    ChangeSet changeSet(@Nullable PersonId requester) {
        return changeSet(requester, "resource \"aws_s3_bucket\" \"logs\" {}\n");
    }

    ChangeSet changeSet(@Nullable PersonId requester, String text) {
        Manifest manifest =
                new Manifest(
                        new Origin.Submitted(),
                        Artifacts.of(
                                Artifact.of("main.tf", text),
                                Artifact.of("modules/net/main.tf", "# nothing\n")),
                        new GivenPlan(PLAN, Digest.of("semantic"), GivenPlan.Source.DERIVED, "{}"),
                        Target.of(PRODUCTION, new StackName("payments/production")),
                        Set.of(GateId.values()),
                        List.of(),
                        new Requester("token:abc", requester == null ? null : requester.toString()),
                        policy.digest());
        return changeSets.store(ChangeSet.of(manifest, "test", List.of(), clock.instant()));
    }

    Approval opened(ChangeSet changeSet) {
        return assertInstanceOf(
                        Approvals.Opened.New.class,
                        approvals.open(changeSet, VERDICTS, SHOWN, Principal.SYSTEM))
                .approval();
    }

    Decisions.Options.Ready options(Approval approval, Somebody who, Choice choice) {
        return assertInstanceOf(
                Decisions.Options.Ready.class,
                decisions.options(approval.request().id(), who.session(), choice));
    }

    Decisions.Result decide(Approval approval, Somebody who, Choice choice, String reason) {
        String challenge = challengeOf(options(approval, who, choice).json());
        return decisions.decide(
                approval.request().id(),
                who.session(),
                choice,
                reason,
                who.passkey().sign(challenge, HONEST),
                approval.request().rendering().digest());
    }

    Decisions.Result.Recorded approve(Approval approval, Somebody who) {
        return assertInstanceOf(
                Decisions.Result.Recorded.class, decide(approval, who, Choice.APPROVE, ""));
    }

    /// With one signature, for what the page showed of each.
    BatchDecisions.Result decideTogether(Somebody who, Approval... approvals) {
        return decisions
                .together()
                .decide(displayed(approvals), who.session(), signed(who, approvals));
    }

    String signed(Somebody who, Approval... approvals) {
        BatchDecisions.Options.Ready ready =
                assertInstanceOf(
                        BatchDecisions.Options.Ready.class,
                        decisions
                                .together()
                                .options(
                                        Stream.of(approvals).map(a -> a.request().id()).toList(),
                                        who.session()));
        return who.passkey().sign(challengeOf(ready.json()), HONEST);
    }

    static Map<ApprovalId, Digest> displayed(Approval... approvals) {
        return Stream.of(approvals)
                .collect(
                        Collectors.toMap(
                                approval -> approval.request().id(),
                                approval -> approval.request().rendering().digest()));
    }

    BatchDecisions.Result.Recorded approveTogether(Somebody who, Approval... approvals) {
        return assertInstanceOf(
                BatchDecisions.Result.Recorded.class, decideTogether(who, approvals));
    }

    static Refusal refusal(BatchDecisions.Result result) {
        return assertInstanceOf(BatchDecisions.Result.Refused.class, result).refusal();
    }

    static Refusal.Code refusal(Decisions.Result result) {
        return assertInstanceOf(Decisions.Result.Refused.class, result).refusal().code();
    }

    static Refusal.Code refusal(Grants.Used result) {
        return assertInstanceOf(Grants.Used.Refused.class, result).refusal().code();
    }

    static Grants.Claim claim(Approval approval, ChangeSet changeSet) {
        return new Grants.Claim(
                approval.request().id(),
                changeSet.digest(),
                PRODUCTION,
                PresentedFiles.of(changeSet.artifacts()),
                PLAN);
    }

    static Principal pipeline(String id) {
        return new Principal(
                Principal.Kind.TOKEN,
                id,
                new PersonId(UUID.randomUUID()),
                id,
                Set.of(Role.PIPELINE));
    }

    /// What the person's browser sends back for a text that it showed.
    static Acts.Signature signed(Somebody who, Acts.Prepared prepared) {
        Acts.Prepared.Ready ready = assertInstanceOf(Acts.Prepared.Ready.class, prepared);
        return new Acts.Signature(
                who.passkey().sign(challengeOf(ready.options()), HONEST), Digest.of(ready.shown()));
    }

    static <T> T done(Acts.Result<T> result) {
        return switch (result) {
            case Acts.Result.Done<T> done -> done.value();
            case Acts.Result.Refused<T> refused -> fail(refused.refusal().problem());
        };
    }

    static Refusal.Code refusal(Acts.Result<?> result) {
        return assertInstanceOf(Acts.Result.Refused.class, result).refusal().code();
    }

    static Refusal.Code refusal(Acts.Prepared prepared) {
        return assertInstanceOf(Acts.Prepared.Refused.class, prepared).refusal().code();
    }

    static String challengeOf(String optionsJson) {
        return (String) StrictJson.object("options", optionsJson, 100_000).get("challenge");
    }
}
