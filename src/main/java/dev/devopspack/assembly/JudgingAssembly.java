package dev.devopspack.assembly;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.SigningKeys;
import dev.devopspack.approval.Statements;
import dev.devopspack.gate.ChosenProfiles;
import dev.devopspack.gate.ComplianceGate;
import dev.devopspack.gate.QualityGate;
import dev.devopspack.gate.SecurityGate;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import dev.devopspack.manager.VerdictStatements;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// By what change sets are judged: the rules, the gates, the profiles of controls.
class JudgingAssembly {

    @Produces
    @Singleton
    RuleCatalog rules(
            @ConfigProperty(name = "devopspack.rules.directory") Optional<String> directory,
            @ConfigProperty(name = "devopspack.rules.parameters") Optional<String> parameters,
            @ConfigProperty(name = "devopspack.kubernetes.version") Optional<String> kubernetes) {
        RuleCatalog builtIn =
                RuleCatalog.builtIn()
                        .forKubernetes(
                                kubernetes
                                        .map(KubernetesVersion::of)
                                        .orElse(KubernetesVersion.NEWEST));
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

    @Produces
    @Singleton
    VerdictStatements verdictStatements(
            SigningKeys keys,
            @ConfigProperty(name = "devopspack.base-url") String server,
            Clock clock) {
        return new VerdictStatements(new Statements(keys), server, clock);
    }
}
