package dev.devopspack;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.ApprovalPolicyFile;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.AuditJournal;
import dev.devopspack.approval.BreakGlass;
import dev.devopspack.approval.Decisions;
import dev.devopspack.approval.GrantIssuer;
import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.SigningKeys;
import dev.devopspack.approval.Statements;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.PasskeyCeremony;
import dev.devopspack.approval.delegation.DelegationSigning;
import dev.devopspack.approval.delegation.DelegationStore;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.approval.emergency.BrokenGlassStore;
import dev.devopspack.approval.emergency.Emergencies;
import dev.devopspack.approval.enforcement.Enforcement;
import dev.devopspack.approval.enforcement.github.GitHubApi;
import dev.devopspack.approval.enforcement.github.HeldDeploymentQueue;
import dev.devopspack.approval.enforcement.github.HeldDeploymentStore;
import dev.devopspack.approval.enforcement.github.ProtectionRules;
import dev.devopspack.approval.enforcement.kubernetes.AdmissionStore;
import dev.devopspack.approval.enforcement.kubernetes.Admissions;
import dev.devopspack.approval.enforcement.terraform.RunTasks;
import dev.devopspack.approval.enforcement.terraform.TerraformApi;
import dev.devopspack.approval.pause.KillSwitch;
import dev.devopspack.approval.pause.PauseStore;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.approval.secret.Recipient;
import dev.devopspack.approval.secret.SecretApprovals;
import dev.devopspack.approval.secret.SecretMaker;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.approval.secret.SecretStore;
import dev.devopspack.approval.waiver.WaiverSigning;
import dev.devopspack.approval.waiver.WaiverStore;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.Erasure;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Transactions;
import dev.devopspack.gate.ChosenProfiles;
import dev.devopspack.gate.ComplianceGate;
import dev.devopspack.gate.QualityGate;
import dev.devopspack.gate.SecurityGate;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.identity.CeremonyStore;
import dev.devopspack.identity.Enrolment;
import dev.devopspack.identity.EnrolmentStore;
import dev.devopspack.identity.Journal;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.People;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Secrets;
import dev.devopspack.identity.SessionStore;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.SignIn;
import dev.devopspack.identity.TokenStore;
import dev.devopspack.identity.Tokens;
import dev.devopspack.identity.company.CompanyAccess;
import dev.devopspack.identity.company.CompanyIdentities;
import dev.devopspack.identity.company.CompanyLogin;
import dev.devopspack.identity.company.CompanyProvider;
import dev.devopspack.identity.workload.IssuerKeys;
import dev.devopspack.identity.workload.PersonTokens;
import dev.devopspack.identity.workload.Workloads;
import dev.devopspack.manager.VerdictStatements;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.review.PlanJson;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.web.guard.KnownTokens;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts the inner services together: they are plain classes that know no framework.
class Assembly {

    @Produces
    @Singleton
    RelyingParty site(
            @ConfigProperty(name = "devopspack.site.id") String id,
            @ConfigProperty(name = "devopspack.site.name") String name,
            @ConfigProperty(name = "devopspack.site.origins") Set<String> origins) {
        return new RelyingParty(id, name, origins);
    }

    @Produces
    @Singleton
    ApprovalPolicy policy(
            @ConfigProperty(name = "devopspack.policy") String name,
            @ConfigProperty(name = "devopspack.policy.file") Optional<String> file)
            throws IOException {
        ApprovalPolicy base = policy(name);
        return file.isEmpty()
                ? base
                : ApprovalPolicyFile.read(file.get(), Files.readString(Path.of(file.get())), base);
    }

    private static ApprovalPolicy policy(String name) {
        return switch (name) {
            case "trial" -> ApprovalPolicy.TRIAL;
            case "strict" -> ApprovalPolicy.STRICT;
            default ->
                    throw new IllegalStateException(
                            "devopspack.policy is '" + name + "'. Set it to trial or strict.");
        };
    }

    @Produces
    @Singleton
    Secrets secrets() {
        return new Secrets();
    }

    @Produces
    @Singleton
    Journal journal(AuditLog log, KnownTokens known) {
        Journal journal = new AuditJournal(log);
        return (kind, actor, facts, personal) -> {
            // Whatever is written here may change somebody's rights.
            known.clear();
            journal.record(kind, actor, facts, personal);
        };
    }

    @Produces
    @Singleton
    Erasure erasure(AuditLog log, Transactions transactions) {
        return new Erasure(log, transactions);
    }

    @Produces
    @Singleton
    PasskeyVerifier passkeyVerifier() {
        return new PasskeyVerifier();
    }

    @Produces
    @Singleton
    People people(
            PersonStore people,
            PasskeyStore passkeys,
            EnrolmentStore links,
            SessionStore sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new People(people, passkeys, links, sessions, journal, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    Tokens tokens(
            TokenStore tokens,
            PersonStore people,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Tokens(tokens, people, journal, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    Sessions sessions(SessionStore sessions, PersonStore people, Secrets secrets, Clock clock) {
        return new Sessions(sessions, people, secrets, clock);
    }

    @Produces
    @Singleton
    Enrolment enrolment(
            RelyingParty site,
            PasskeyVerifier verifier,
            PersonStore people,
            PasskeyStore passkeys,
            EnrolmentStore links,
            CeremonyStore ceremonies,
            Sessions sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Enrolment(
                site,
                verifier,
                people,
                passkeys,
                links,
                ceremonies,
                sessions,
                journal,
                transactions,
                secrets,
                clock);
    }

    @Produces
    @Singleton
    SignIn signIn(
            RelyingParty site,
            PasskeyVerifier verifier,
            PersonStore people,
            PasskeyStore passkeys,
            CeremonyStore ceremonies,
            Sessions sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new SignIn(
                site,
                verifier,
                people,
                passkeys,
                ceremonies,
                sessions,
                journal,
                transactions,
                secrets,
                clock);
    }

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
    Decisions decisions(
            ApprovalPolicy policy,
            RelyingParty site,
            PasskeyCeremony ceremony,
            ApprovalStore store,
            ChangeSetStore changeSets,
            PersonStore people,
            PasskeyStore passkeys,
            SigningKeys keys,
            Pauses pauses,
            Waivers waivers,
            Delegations delegations,
            AuditLog log,
            Checkpoints checkpoints,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new Decisions(
                policy,
                ceremony,
                store,
                people,
                passkeys,
                new GrantIssuer(site, changeSets, store, keys, log, checkpoints::newest),
                pauses,
                waivers,
                delegations,
                log,
                transactions,
                secrets,
                clock);
    }

    @Produces
    @Singleton
    Enforcement enforcement(@ConfigProperty(name = "devopspack.enforcement") Optional<Path> file) {
        return file.map(Enforcement::read).orElse(Enforcement.NONE);
    }

    @Produces
    @Singleton
    Admissions admissions(
            Enforcement enforcement,
            ApprovalStore approvals,
            ChangeSetStore changeSets,
            Grants grants,
            Pauses pauses,
            AdmissionStore store,
            AuditLog log,
            Transactions transactions,
            Clock clock) {
        return new Admissions(
                enforcement.clusters(),
                approvals,
                changeSets,
                grants,
                pauses,
                store,
                log,
                transactions,
                clock);
    }

    @Produces
    @Singleton
    ProtectionRules protectionRules(
            Enforcement enforcement,
            @ConfigProperty(name = "devopspack.base-url") String pages,
            ApprovalStore approvals,
            ChangeSetStore changeSets,
            Grants grants,
            HeldDeploymentStore store,
            HeldDeploymentQueue queue,
            GitHubApi gitHub,
            Transactions transactions,
            Clock clock) {
        return new ProtectionRules(
                enforcement.gitHub(),
                pages,
                approvals,
                changeSets,
                grants,
                store,
                queue,
                gitHub,
                transactions,
                clock);
    }

    @Produces
    @Singleton
    VerdictStatements verdictStatements(
            SigningKeys keys,
            @ConfigProperty(name = "devopspack.base-url") String server,
            Clock clock) {
        return new VerdictStatements(new Statements(keys), server, clock);
    }

    @Produces
    @Singleton
    RunTasks runTasks(
            Enforcement enforcement,
            @ConfigProperty(name = "devopspack.base-url") String pages,
            ApprovalStore approvals,
            ChangeSetStore changeSets,
            Grants grants,
            TerraformApi terraform,
            Clock clock) {
        return new RunTasks(
                enforcement.runTasks(),
                pages,
                approvals,
                changeSets,
                grants,
                terraform,
                plan -> PlanJson.read(plan).semanticDigest(),
                Thread::startVirtualThread,
                clock);
    }

    @Produces
    @Singleton
    Workloads workloads(Enforcement enforcement, IssuerKeys.Source source, Clock clock) {
        return new Workloads(enforcement.issuers(), new IssuerKeys(source, clock), clock);
    }

    @Produces
    @Singleton
    PersonTokens personTokens(IssuerKeys.Source source, Clock clock) {
        return new PersonTokens(new IssuerKeys(source, clock), clock);
    }

    @Produces
    @Singleton
    CompanyLogin companyLogin(
            CompanyProvider provider,
            PersonTokens tokens,
            CompanyIdentities identities,
            PersonStore store,
            People people,
            PasskeyStore passkeys,
            CeremonyStore ceremonies,
            Sessions sessions,
            Journal journal,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new CompanyLogin(
                provider,
                tokens,
                identities,
                store,
                people,
                passkeys,
                ceremonies,
                sessions,
                journal,
                transactions,
                secrets,
                clock);
    }

    @Produces
    @Singleton
    CompanyAccess companyAccess(
            CompanyProvider provider,
            PersonTokens tokens,
            CompanyIdentities identities,
            PersonStore people,
            Journal journal) {
        return new CompanyAccess(provider, tokens, identities, people, journal);
    }

    @Produces
    @Singleton
    Grants grants(
            ApprovalPolicy policy,
            PasskeyVerifier verifier,
            Enforcement enforcement,
            ApprovalStore store,
            ChangeSetStore changeSets,
            PersonStore people,
            PasskeyStore passkeys,
            SigningKeys keys,
            Pauses pauses,
            Waivers waivers,
            Delegations delegations,
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
                people,
                passkeys,
                keys,
                pauses,
                waivers,
                delegations,
                emergencies,
                log,
                transactions,
                clock);
    }

    @Produces
    @Singleton
    PasskeyCeremony passkeyCeremony(
            RelyingParty site,
            PasskeyVerifier verifier,
            PasskeyStore passkeys,
            CeremonyStore ceremonies) {
        return new PasskeyCeremony(site, verifier, passkeys, ceremonies);
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
            RelyingParty site,
            Acts acts,
            ApprovalStore store,
            BrokenGlassStore uses,
            ChangeSetStore changeSets,
            PersonStore people,
            Pauses pauses,
            Waivers waivers,
            SigningKeys keys,
            AuditLog log,
            Checkpoints checkpoints,
            Clock clock) {
        return new BreakGlass(
                policy,
                acts,
                store,
                uses,
                people,
                pauses,
                waivers,
                new GrantIssuer(site, changeSets, store, keys, log, checkpoints::newest),
                log,
                clock);
    }

    @Produces
    @Singleton
    SecretRequests secretRequests(
            ApprovalPolicy policy,
            SecretStore store,
            Recipient.Directory recipients,
            Pauses pauses,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new SecretRequests(
                policy, store, recipients, pauses, log, transactions, secrets, clock);
    }

    @Produces
    @Singleton
    SecretApprovals secretApprovals(
            Acts acts,
            SecretStore store,
            Recipient.Directory recipients,
            PersonStore people,
            PasskeyStore passkeys,
            Pauses pauses,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock) {
        return new SecretApprovals(
                acts,
                store,
                new SecretMaker(store, recipients, log, secrets, clock),
                people,
                passkeys,
                pauses,
                transactions,
                clock);
    }

    @Produces
    @Singleton
    RuleCatalog rules(
            @ConfigProperty(name = "devopspack.rules.directory") Optional<String> directory,
            @ConfigProperty(name = "devopspack.rules.parameters") Optional<String> parameters) {
        RuleCatalog builtIn = RuleCatalog.builtIn();
        RuleCatalog rules = directory.map(folder -> builtIn.with(Path.of(folder))).orElse(builtIn);
        return parameters.map(file -> rules.withParameters(Path.of(file))).orElse(rules);
    }

    @Produces
    @Singleton
    Scan scan(RuleCatalog rules) {
        return new Scan(rules);
    }

    @Produces
    @Singleton
    SecurityGate securityGate() {
        return new SecurityGate();
    }

    @Produces
    @Singleton
    QualityGate qualityGate(TerraformRunner terraform, ApprovalPolicy policy) {
        return new QualityGate(new TerraformQuality(terraform), policy);
    }

    @Produces
    @Singleton
    ComplianceProfiles complianceProfiles(RuleCatalog rules) {
        return new ComplianceProfiles(rules);
    }

    @Produces
    @Singleton
    ComplianceGate complianceGate(ComplianceProfiles profiles) {
        return new ComplianceGate(profiles.baseline());
    }

    @Produces
    @Singleton
    ChosenProfiles chosenProfiles(
            ComplianceProfiles profiles,
            @ConfigProperty(name = "devopspack.compliance.profiles")
                    Optional<List<String>> written) {
        return written.map(lines -> ChosenProfiles.of(lines, profiles)).orElse(ChosenProfiles.NONE);
    }
}
