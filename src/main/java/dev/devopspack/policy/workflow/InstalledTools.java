package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Actions that install a tool, with the inputs that say which version.
final class InstalledTools {

    private static final Map<String, List<String>> VERSIONS =
            Map.ofEntries(
                    Map.entry("aquasecurity/setup-trivy", List.of("version")),
                    Map.entry("arduino/setup-task", List.of("version")),
                    Map.entry("astral-sh/ruff-action", List.of("version", "version-file")),
                    Map.entry("astral-sh/setup-uv", List.of("version", "version-file")),
                    Map.entry("azure/setup-helm", List.of("version")),
                    Map.entry("azure/setup-kubectl", List.of("version")),
                    Map.entry("denoland/setup-deno", List.of("deno-version", "deno-version-file")),
                    Map.entry("extractions/setup-just", List.of("just-version")),
                    Map.entry("golangci/golangci-lint-action", List.of("version", "version-file")),
                    Map.entry("goreleaser/goreleaser-action", List.of("version")),
                    Map.entry("hashicorp/setup-packer", List.of("version")),
                    Map.entry("hashicorp/setup-terraform", List.of("terraform_version")),
                    Map.entry("jdx/mise-action", List.of("version")),
                    Map.entry("oven-sh/setup-bun", List.of("bun-version", "bun-version-file")),
                    Map.entry("pypa/hatch", List.of("version")),
                    Map.entry("snok/install-poetry", List.of("version")),
                    Map.entry("terraform-linters/setup-tflint", List.of("tflint_version")),
                    Map.entry("zizmorcore/zizmor-action", List.of("version")));

    private InstalledTools() {}

    /// Whether the step installs whatever version is the newest.
    static boolean isUnpinned(Step step) {
        if (step.uses().isEmpty()) {
            return false;
        }
        boolean asksForLatest =
                step.with().entrySet().stream()
                        .anyMatch(input ->
                                isVersion(input.getKey()) && isLatest(input.getValue().content()));
        List<String> inputs = VERSIONS.get(step.uses().get().repository());
        return asksForLatest
                || (inputs != null
                        && inputs.stream()
                                .noneMatch(input ->
                                        step.with().containsKey(input)
                                                && !isLatest(step.with().get(input).content())));
    }

    private static boolean isVersion(String input) {
        return input.equals("version")
                || input.endsWith("-version")
                || input.endsWith("_version")
                || input.endsWith("-release");
    }

    private static boolean isLatest(String version) {
        String lower = version.strip().toLowerCase(Locale.ROOT);
        return lower.equals("latest") || lower.equals("*") || lower.isEmpty();
    }
}
