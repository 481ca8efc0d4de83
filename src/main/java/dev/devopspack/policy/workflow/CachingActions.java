package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.ActionReference;
import dev.devopspack.language.workflow.Step;
import dev.devopspack.language.workflow.expression.ExpressionParser;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which actions bring back what an earlier run put into a cache, and how they are told not to.
final class CachingActions {

    private enum How {
        /// It always does.
        ALWAYS,
        /// Only if one of the inputs is on.
        IF_ON,
        /// Unless the input is off.
        UNLESS_OFF,
        /// Unless the input is on.
        UNLESS_ON
    }

    private record Caching(How how, List<String> inputs) {}

    private static final Set<String> OFF = Set.of("", "false", "no", "0", "none", "never");

    private static final Map<String, Caching> ALL =
            Map.ofEntries(
                    entry("actions/cache", How.UNLESS_ON, "lookup-only"),
                    entry("actions/cache/restore", How.UNLESS_ON, "lookup-only"),
                    entry("actions/setup-dotnet", How.IF_ON, "cache"),
                    entry("actions/setup-go", How.UNLESS_OFF, "cache"),
                    entry("actions/setup-java", How.IF_ON, "cache"),
                    entry("actions/setup-node", How.IF_ON, "cache"),
                    entry("actions/setup-python", How.IF_ON, "cache"),
                    entry("actions-rust-lang/setup-rust-toolchain", How.UNLESS_OFF, "cache"),
                    entry("astral-sh/setup-uv", How.UNLESS_OFF, "enable-cache"),
                    entry("awalsh128/cache-apt-pkgs-action", How.ALWAYS),
                    entry(
                            "bazel-contrib/setup-bazel",
                            How.IF_ON,
                            "bazelisk-cache",
                            "disk-cache",
                            "repository-cache"),
                    entry("coursier/cache-action", How.ALWAYS),
                    entry("determinatesystems/magic-nix-cache-action", How.ALWAYS),
                    entry("docker/build-push-action", How.IF_ON, "cache-from"),
                    entry("docker/setup-buildx-action", How.UNLESS_OFF, "cache-binary"),
                    entry("golangci/golangci-lint-action", How.UNLESS_ON, "skip-cache"),
                    entry("graalvm/setup-graalvm", How.IF_ON, "cache"),
                    entry("gradle/actions/setup-gradle", How.UNLESS_ON, "cache-disabled"),
                    entry("gradle/gradle-build-action", How.UNLESS_ON, "cache-disabled"),
                    entry("hendrikmuhs/ccache-action", How.ALWAYS),
                    entry("hynek/setup-cached-uv", How.ALWAYS),
                    entry("jdx/mise-action", How.UNLESS_OFF, "cache"),
                    entry(
                            "mamba-org/setup-micromamba",
                            How.IF_ON,
                            "cache-environment",
                            "cache-downloads"),
                    entry("mozilla-actions/sccache-action", How.ALWAYS),
                    entry("nix-community/cache-nix-action", How.ALWAYS),
                    entry("pnpm/action-setup", How.IF_ON, "cache"),
                    entry("pyo3/maturin-action", How.IF_ON, "sccache"),
                    entry("ruby/setup-ruby", How.IF_ON, "bundler-cache"),
                    entry("swatinem/rust-cache", How.UNLESS_ON, "lookup-only"));

    /// From this version on it leaves the cache out of releases by itself.
    private static final int UV_WITHOUT_CACHE_IN_RELEASES = 10;

    private CachingActions() {}

    private static Map.Entry<String, Caching> entry(String action, How how, String... inputs) {
        return Map.entry(action, new Caching(how, List.of(inputs)));
    }

    /// Whether the step brings something back from a cache when a version is released.
    ///
    /// @param event what starts the release: `push` or `release`
    static boolean restores(Step step, String event) {
        if (step.uses().isEmpty()) {
            return false;
        }
        ActionReference uses = step.uses().get();
        Caching caching = ALL.get(uses.name());
        if (caching == null) {
            return false;
        }
        if (uses.name().equals("astral-sh/setup-uv") && leavesOut(uses, step)) {
            return false;
        }
        return switch (caching.how()) {
            case ALWAYS -> true;
            case IF_ON ->
                    caching.inputs().stream().anyMatch(input -> isOn(step, input, false, event));
            case UNLESS_OFF -> isOn(step, caching.inputs().getFirst(), true, event);
            case UNLESS_ON -> !isOn(step, caching.inputs().getFirst(), false, event);
        };
    }

    private static boolean leavesOut(ActionReference uses, Step step) {
        String written = value(step, "enable-cache").map(Scalar::content).orElse("auto");
        return written.equals("auto")
                && uses.major().filter(m -> m >= UV_WITHOUT_CACHE_IN_RELEASES).isPresent();
    }

    private static Optional<Scalar> value(Step step, String input) {
        return step.with().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(input))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isOn(Step step, String input, boolean byDefault, String event) {
        Optional<Scalar> value = value(step, input);
        if (value.isEmpty()) {
            return byDefault;
        }
        String text = value.get().content().strip();
        if (text.startsWith("${{") && text.endsWith("}}")) {
            return ExpressionParser.parse(text.substring(3, text.length() - 2))
                    .tree()
                    .flatMap(new TagRun(event)::isTrue)
                    .orElse(true);
        }
        return !OFF.contains(text.toLowerCase(Locale.ROOT));
    }
}
