package dev.devopspack.assembly;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.BreakGlass;
import dev.devopspack.approval.BreakGlassReview;
import dev.devopspack.approval.GrantIssuer;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.delegation.DelegationSigning;
import dev.devopspack.approval.delegation.DelegationStore;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.emergency.BrokenGlassStore;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.pause.KillSwitch;
import dev.devopspack.approval.pause.PauseStore;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.waiver.WaiverSigning;
import dev.devopspack.approval.waiver.WaiverStore;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Secrets;
import dev.devopspack.specialist.Specialist;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/// What people sign beside deciding: pauses, waivers, delegations and breaking the glass.
class ExceptionAssembly {

    @Produces
    @Singleton
    Pauses pauses(PauseStore store, PersonStore people, ChangeSetStore changeSets) {
        return new Pauses(store, people, changeSets);
    }

    @Produces
    @Singleton
    KillSwitch killSwitch(
            Acts acts,
            PauseStore store,
            PersonStore people,
            Instance<Specialist> specialists,
            Secrets secrets) {
        Set<String> agents =
                specialists.stream().map(Specialist::agent).collect(Collectors.toSet());
        return new KillSwitch(acts, store, people, agents, secrets);
    }

    @Produces
    @Singleton
    Waivers waivers(
            WaiverStore store,
            ActStore acts,
            PersonStore people,
            PasskeyStore passkeys,
            ApprovalStore approvals,
            Clock clock) {
        return new Waivers(store, acts, people, passkeys, approvals, clock);
    }

    @Produces
    @Singleton
    WaiverSigning waiverSigning(
            Acts acts,
            WaiverStore store,
            PersonStore people,
            Secrets secrets,
            ApprovalStore approvals,
            Clock clock) {
        return new WaiverSigning(acts, store, people, secrets, approvals, clock);
    }

    @Produces
    @Singleton
    Delegations delegations(
            DelegationStore store,
            ActStore acts,
            PersonStore people,
            PasskeyStore passkeys,
            Clock clock) {
        return new Delegations(store, acts, people, passkeys, clock);
    }

    @Produces
    @Singleton
    DelegationSigning delegationSigning(
            Acts acts, DelegationStore store, PersonStore people, Secrets secrets, Clock clock) {
        return new DelegationSigning(acts, store, people, secrets, clock);
    }

    @Produces
    @Singleton
    Emergencies emergencies(
            BrokenGlassStore store, ActStore acts, PersonStore people, PasskeyStore passkeys) {
        return new Emergencies(store, acts, people, passkeys);
    }

    @Produces
    @Singleton
    BreakGlass breakGlass(
            ApprovalPolicy policy,
            Acts acts,
            ApprovalStore store,
            BrokenGlassStore uses,
            PersonStore people,
            Pauses pauses,
            Waivers waivers,
            GrantIssuer issuer,
            AuditLog log,
            Clock clock) {
        return new BreakGlass(
                policy, acts, store, uses, people, pauses, waivers, issuer, log, clock);
    }

    @Produces
    @Singleton
    BreakGlassReview breakGlassReview(
            Acts acts,
            ApprovalStore store,
            BrokenGlassStore uses,
            PersonStore people,
            AuditLog log,
            Clock clock) {
        return new BreakGlassReview(acts, store, uses, people, log, clock);
    }
}
