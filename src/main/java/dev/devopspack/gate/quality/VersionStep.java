package dev.devopspack.gate.quality;

import dev.devopspack.gate.quality.TerraformFiles.Module;
import dev.devopspack.gate.quality.TerraformFiles.Placed;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.schema.VersionConstraint;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Each root module says which terraform and which providers it is written for, so that no upgrade
/// happens by itself.
final class VersionStep {
    static final String STEP = "versions-pinned";
    static final String TITLE = "Terraform and every provider have a version constraint";

    private static final String LOCK_FILE = ".terraform.lock.hcl";

    private final TerraformFiles files;
    private final Findings findings = new Findings(STEP, TITLE);

    private VersionStep(TerraformFiles files) {
        this.files = files;
    }

    static QualityStep judge(TerraformFiles files) {
        VersionStep step = new VersionStep(files);
        files.roots().forEach(root -> files.module(root).ifPresent(step::root));
        return step.findings.step("terraform and every provider");
    }

    private void root(Module root) {
        terraformVersion(root);
        ProviderUse own = ProviderUse.of(root);
        own.required().values().forEach(entry -> constraint(root, entry));
        Set<String> declared =
                own.required().values().stream()
                        .map(ProviderUse.Required::source)
                        .collect(Collectors.toSet());
        for (Module module : files.reachable(root.folder())) {
            ProviderUse use = ProviderUse.of(module);
            use.used()
                    .forEach((name, where) -> {
                        if (!declared.contains(use.source(name))) {
                            findings.add(
                                    where.file(),
                                    where.span(),
                                    "the provider '"
                                            + use.source(name)
                                            + "' is used, but the root module does not require a version of it",
                                    "Add "
                                            + name
                                            + " = { source = \""
                                            + use.source(name)
                                            + "\", version = \"~> X.Y\" } to required_providers");
                        }
                    });
        }
    }

    private void terraformVersion(Module root) {
        for (Placed terraform : root.blocks("terraform")) {
            Optional<Attribute> required = terraform.block().body().attribute("required_version");
            if (required.isPresent()) {
                if (literal(required.get()).flatMap(VersionConstraint::parse).isEmpty()) {
                    findings.add(
                            terraform.file(),
                            required.get().span(),
                            "'required_version' is not a version constraint",
                            "Write it as \">= 1.10\"");
                }
                return;
            }
        }
        ParsedFile first = root.files().getFirst();
        findings.add(
                first,
                Span.START,
                "the module does not say which terraform it needs",
                "Add required_version = \">= 1.10\" to the terraform block");
    }

    private void constraint(Module root, ProviderUse.Required entry) {
        Optional<VersionConstraint> constraint = entry.version().flatMap(VersionConstraint::parse);
        if (constraint.isEmpty()) {
            findings.add(
                    entry.file(),
                    entry.span(),
                    "the provider '" + entry.source() + "' has no version constraint",
                    "Add version = \"~> X.Y\"");
        } else if (!constraint.get().bounded() && !locked(root)) {
            findings.add(
                    entry.file(),
                    entry.span(),
                    "the version of '"
                            + entry.source()
                            + "' has no upper bound and the module has no "
                            + LOCK_FILE,
                    "Write it as \"~> X.Y\", or submit the lock file");
        }
    }

    private boolean locked(Module root) {
        String folder = root.folder();
        return files.artifacts()
                .find(folder.isEmpty() ? LOCK_FILE : folder + "/" + LOCK_FILE)
                .isPresent();
    }

    private static Optional<String> literal(Attribute attribute) {
        return attribute.value() instanceof Template template
                ? template.literal()
                : Optional.empty();
    }
}
