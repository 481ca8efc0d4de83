package dev.devopspack.assembly;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.GrantIssuer;
import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.NamedAuthors;
import dev.devopspack.approval.Quorum;
import dev.devopspack.approval.SigningKeys;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.enforcement.Enforcement;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.secret.Recipient;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.approval.secret.SecretMaker;
import dev.devopspack.approval.secret.SecretQuorum;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.approval.secret.SecretStore;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Sealing;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Ceremonies;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How people decide on change sets and secrets, and what a pipeline may do then.
class ApprovalAssembly {

    @Produces
    @Singleton
    Approvals approvals(
            ApprovalPolicy policy,
            ApprovalStore store,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock,
            @ConfigProperty(name = "devopspack.approvals.most-an-hour", defaultValue = "60")
                    int mostAnHour) {
        return new Approvals(policy, store, log, transactions, secrets, clock, mostAnHour);
    }

    @Produces
    @Singleton
    NamedAuthors namedAuthors(ApprovalPolicy policy, ApprovalStore store, PersonStore people) {
        return new NamedAuthors(policy, store, people);
    }

    @Produces
    @Singleton
    PasskeyCeremony passkeyCeremony(Ceremonies ceremonies) {
        return new PasskeyCeremony(ceremonies);
    }

    @Produces
    @Singleton
    GrantIssuer grantIssuer(
            RelyingParty site,
            ChangeSetStore changeSets,
            ApprovalStore store,
            SigningKeys keys,
            AuditLog log,
            Sealing sealing) {
        return new GrantIssuer(site, changeSets, store, keys, log, sealing);
    }

    @Produces
    @Singleton
    Quorum quorum(
            PersonStore people,
            PasskeyStore passkeys,
            Delegations delegations,
            ApprovalStore store) {
        return new Quorum(people, passkeys, delegations, store);
    }

    @Produces
    @Singleton
    Decisions decisions(
            ApprovalPolicy policy,
            PasskeyCeremony ceremony,
            ApprovalStore store,
            Quorum quorum,
            GrantIssuer issuer,
            Pauses pauses,
            Waivers waivers,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Decisions(
                policy,
                ceremony,
                store,
                quorum,
                issuer,
                pauses,
                waivers,
                log,
                transactions,
                secrets,
                clock);
    }

    @Produces
    @Singleton
    Grants grants(
            ApprovalPolicy policy,
            PasskeyVerifier verifier,
            Enforcement enforcement,
            ApprovalStore store,
            ChangeSetStore changeSets,
            Quorum quorum,
            SigningKeys keys,
            Pauses pauses,
            Waivers waivers,
            Emergencies emergencies,
            AuditLog log,
            Transactions transactions,
            Clock clock) {
        return new Grants(
                policy,
                new GrantVerifier(verifier),
                enforcement.pipelines(),
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

    @Produces
    @Singleton
    Acts acts(
            PasskeyCeremony ceremony,
            ActStore store,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Acts(ceremony, store, log, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    SecretQuorum secretQuorum(
            PersonStore people, PasskeyStore passkeys, Delegations delegations, ActStore acts) {
        return new SecretQuorum(people, passkeys, delegations, acts);
    }

    @Produces
    @Singleton
    SecretRequests secretRequests(
            ApprovalPolicy policy,
            SecretStore store,
            Recipient.Directory recipients,
            SecretQuorum quorum,
            Pauses pauses,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new SecretRequests(
                policy, store, recipients, quorum, pauses, log, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    SecretApprovals secretApprovals(
            Acts acts,
            SecretStore store,
            Recipient.Directory recipients,
            SecretQuorum quorum,
            Pauses pauses,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new SecretApprovals(
                acts,
                store,
                new SecretMaker(store, recipients, log, secrets, clock),
                quorum,
                pauses,
                transactions,
                clock);
    }
}
