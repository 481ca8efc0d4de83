package dev.devopspack.assembly;

import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.enforcement.Enforcement;
import dev.devopspack.approval.enforcement.github.GitHubApi;
import dev.devopspack.approval.enforcement.github.HeldDeploymentQueue;
import dev.devopspack.approval.enforcement.github.HeldDeploymentStore;
import dev.devopspack.approval.enforcement.github.ProtectionRules;
import dev.devopspack.approval.enforcement.kubernetes.AdmissionStore;
import dev.devopspack.approval.enforcement.kubernetes.Admissions;
import dev.devopspack.approval.enforcement.terraform.RunTasks;
import dev.devopspack.approval.enforcement.terraform.TerraformApi;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Transactions;
import dev.devopspack.review.PlanJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where grants are asked for at the places of deployment.
class EnforcementAssembly {

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
}
