package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.done;
import static dev.devopspack.approval.ApprovalHouse.refusal;
import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.approval.ApprovalHouse.Somebody;
import dev.devopspack.approval.ApprovalPolicy.Terms;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.secret.AgeRecipient;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.Recipient;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretMaker;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretQuorum;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.InMemorySecrets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything about secrets put together in memory: two people approve in production.
final class SecretHouse {

    static final Environment PRODUCTION = ApprovalHouse.PRODUCTION;
    static final LocalDate LAST_DAY = LocalDate.parse("2026-12-01");
    static final SecretName DATABASE =
            new SecretName(PRODUCTION, "payments", "database", "password");
    static final String KEY = "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm";

    final ApprovalHouse core = new ApprovalHouse(two());
    final InMemorySecrets store = new InMemorySecrets();
    final List<Recipient> recipients = new ArrayList<>();
    final SecretRequests requests;
    final SecretApprovals approvals;
    final Somebody requester;
    final Somebody ada;
    final Somebody bob;

    /// Two people in production.
    static ApprovalPolicy two() {
        return new ApprovalPolicy(
                "two",
                false,
                Map.of(PRODUCTION, ApprovalPolicy.Kind.PRODUCTION),
                1,
                2,
                Duration.ofHours(24),
                Duration.ofMinutes(30),
                ApprovalPolicy.TerraformCli.REQUIRED,
                Map.of(PRODUCTION, new Terms(2, 2, Duration.ofHours(24), Duration.ofMinutes(30))));
    }

    SecretHouse() {
        recipients.add(new AgeRecipient("ops", KEY));
        Recipient.Directory directory =
                new Recipient.Directory() {
                    @Override
                    public Optional<Recipient> find(String name) {
                        return recipients.stream()
                                .filter(each -> each.name().equals(name))
                                .findFirst();
                    }

                    @Override
                    public List<Recipient> all() {
                        return List.copyOf(recipients);
                    }
                };
        Transactions transactions =
                new Transactions() {
                    @Override
                    public <T> T inOne(Supplier<T> work) {
                        return work.get();
                    }
                };
        Secrets secrets = new Secrets();
        SecretQuorum quorum =
                new SecretQuorum(
                        core.identity.people, core.identity.passkeys, core.delegations, core.acts);
        requests =
                new SecretRequests(
                        core.policy,
                        store,
                        directory,
                        quorum,
                        core.pauses,
                        core.log,
                        transactions,
                        secrets,
                        core.clock);
        approvals =
                new SecretApprovals(
                        core.signing,
                        store,
                        new SecretMaker(store, directory, core.log, secrets, core.clock),
                        quorum,
                        core.pauses,
                        transactions,
                        core.clock);
        requester = core.enrolled("Rita", Role.REQUESTER, Role.APPROVER);
        ada = core.enrolled("Ada", Role.APPROVER);
        bob = core.enrolled("Bob", Role.APPROVER);
    }

    Delegation delegate(Somebody from, Somebody to) {
        return delegate(from, to, PRODUCTION);
    }

    Delegation delegate(Somebody from, Somebody to, Environment where) {
        Acts.Prepared prepared =
                core.delegationSigning.prepare(
                        from.session(), to.id(), where, "on holiday", LAST_DAY);
        return done(core.delegationSigning.delegate(from.session(), signed(from, prepared)));
    }

    /// The facts of the first entry of a kind.
    Map<String, String> logged(String kind) {
        return core.log.read(0, 1_000).stream()
                .map(StoredEntry::entry)
                .filter(entry -> entry.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .facts();
    }

    static SecretSpec sealed() {
        return spec(SecretOperation.CREATE, SecretFlow.SEALED, "ops");
    }

    static SecretSpec cluster(String name) {
        return new SecretSpec(
                SecretOperation.CREATE,
                SecretFlow.CLUSTER,
                new SecretName(PRODUCTION, "payments", name, "password"),
                null,
                32);
    }

    static SecretSpec spec(SecretOperation operation, SecretFlow flow, @Nullable String recipient) {
        return new SecretSpec(operation, flow, DATABASE, recipient, 32);
    }

    static Principal session(Somebody who, Role role) {
        return new Principal(
                Principal.Kind.SESSION,
                who.session().id(),
                who.id(),
                who.person().displayName(),
                Set.of(role));
    }

    SecretRequestId asked(SecretSpec spec) {
        return assertInstanceOf(
                        SecretRequests.Asked.New.class,
                        requests.ask(spec, requester.session(), "the service needs it"))
                .secret()
                .request()
                .id();
    }

    Code refusedToAsk(SecretSpec spec, Principal by) {
        return assertInstanceOf(SecretRequests.Asked.Refused.class, requests.ask(spec, by, "why"))
                .refusal()
                .code();
    }

    AskedSecret approved(SecretRequestId id, Somebody who) {
        return done(sign(who, approvals.prepareApproval(who.session(), id)));
    }

    Result<AskedSecret> sign(Somebody who, Acts.Prepared prepared) {
        return approvals.approve(who.session(), signed(who, prepared));
    }

    Code barred(SecretRequestId id, Somebody who) {
        return refusal(approvals.prepareApproval(who.session(), id));
    }
}
