package dev.devopspack.assembly;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.ApprovalPolicyFile;
import dev.devopspack.approval.AuditJournal;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Erasure;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Journal;
import dev.devopspack.identity.RelyingParty;
import dev.devopspack.identity.Secrets;
import dev.devopspack.web.guard.KnownTokens;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What every other part is given: the site, the policy in force, the log of changes to rights.
class SharedAssembly {

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
    Journal journal(AuditLog log, Event<KnownTokens.RightsChange> rights) {
        Journal journal = new AuditJournal(log);
        return (kind, actor, facts, personal) -> {
            // Whatever is written here may change somebody's rights.
            rights.fire(new KnownTokens.RightsChange());
            journal.record(kind, actor, facts, personal);
        };
    }

    @Produces
    @Singleton
    Erasure erasure(AuditLog log, Transactions transactions) {
        return new Erasure(log, transactions);
    }
}
