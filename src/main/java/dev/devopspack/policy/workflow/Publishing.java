package dev.devopspack.policy.workflow;

import dev.devopspack.language.workflow.Step;
import dev.devopspack.policy.workflow.ScriptCommands.Command;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Commands and actions that publish a package to a registry which trusts the pipeline itself, so
/// that no long-lived token is needed.
///
/// @see <a href="https://docs.pypi.org/trusted-publishers/">Trusted publishers of PyPI</a>
final class Publishing {

    /// The words by which each tool publishes, and the registry.
    private static final Map<String, Map<String, String>> TOOLS =
            Map.ofEntries(
                    Map.entry("twine", Map.of("upload", "PyPI")),
                    Map.entry("uv", Map.of("publish", "PyPI")),
                    Map.entry("poetry", Map.of("publish", "PyPI")),
                    Map.entry("pdm", Map.of("publish", "PyPI")),
                    Map.entry("hatch", Map.of("publish", "PyPI")),
                    Map.entry("flit", Map.of("publish", "PyPI")),
                    Map.entry("maturin", Map.of("publish", "PyPI", "upload", "PyPI")),
                    Map.entry("npm", Map.of("publish", "npm")),
                    Map.entry("pnpm", Map.of("publish", "npm")),
                    Map.entry("yarn", Map.of("publish", "npm")),
                    Map.entry("bun", Map.of("publish", "npm")),
                    Map.entry("lerna", Map.of("publish", "npm")),
                    Map.entry("cargo", Map.of("publish", "crates.io")),
                    Map.entry("gem", Map.of("push", "RubyGems")),
                    Map.entry("nuget", Map.of("push", "NuGet")));

    /// What runs another tool: the words that come before that tool's name.
    private static final Set<String> RUNNERS =
            Set.of(
                    "npx",
                    "uvx",
                    "pipx",
                    "bunx",
                    "rtx",
                    "mise",
                    "rye",
                    "python",
                    "python3",
                    "py",
                    "bundle",
                    "uv",
                    "poetry",
                    "pdm",
                    "hatch",
                    "dotnet",
                    "corepack",
                    "yarn",
                    "pnpm",
                    "npm",
                    "bun",
                    "cargo",
                    "doppler",
                    "op",
                    "xvfb-run",
                    "sudo");

    private static final Set<String> FILLERS =
            Set.of(
                    "run",
                    "exec",
                    "-m",
                    "--",
                    "tool",
                    "x",
                    "dlx",
                    "npm",
                    "-y",
                    "--yes",
                    "--with",
                    "run-script");

    /// Options of package managers and runners whose value is the next word.
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "--from",
                    "--with",
                    "--group",
                    "--extra",
                    "--python",
                    "--spec",
                    "--project",
                    "--directory",
                    "--package",
                    "-p",
                    "--filter",
                    "-F",
                    "-C",
                    "--dir",
                    "--workspace",
                    "-w",
                    "--prefix",
                    "--cwd");

    /// The registries that know trusted publishers.
    private static final List<String> PUBLIC =
            List.of("pypi.org", "npmjs.org", "crates.io", "rubygems.org", "nuget.org");

    private Publishing() {}

    /// The registry that the command publishes to; empty where it does not.
    static String registry(Command command) {
        if (isTrial(command) || command.words().stream().anyMatch(Publishing::isElsewhere)) {
            return "";
        }
        String direct = registry(command.program(), command.words());
        if (!direct.isEmpty() || !RUNNERS.contains(tool(command.program()))) {
            return direct;
        }
        List<String> words = command.words();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String inner = registry(word, words.subList(i + 1, words.size()));
            if (!inner.isEmpty()) {
                return inner;
            }
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!FILLERS.contains(word) && !word.startsWith("-")) {
                return "";
            }
        }
        return "";
    }

    private static boolean isTrial(Command command) {
        return command.words().contains("--dry-run")
                || command.words().contains("--help")
                || (tool(command.program()).equals("cargo") && command.words().contains("-n"));
    }

    /// An address of another registry, for example `--host https://gems.example.com`.
    private static boolean isElsewhere(String word) {
        return word.contains("pkg.github.com")
                || (word.contains("https://") && PUBLIC.stream().noneMatch(word::contains));
    }

    private static String registry(String program, List<String> words) {
        Map<String, String> verbs = TOOLS.get(tool(program));
        if (verbs == null) {
            return "";
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (verbs.containsKey(word)) {
                return verbs.getOrDefault(word, "");
            }
            boolean isOption = word.startsWith("-") || word.startsWith("+");
            boolean isPrefix = word.equals("npm") || word.equals("workspaces");
            if (WITH_VALUE.contains(word) || word.equals("workspace")) {
                i++;
            } else if (!isOption && !isPrefix) {
                return "";
            }
        }
        return "";
    }

    /// `twine.exe`, `twine@5` and `twine==5.0` are `twine`.
    private static String tool(String program) {
        String name =
                program.endsWith(".exe") ? program.substring(0, program.length() - 4) : program;
        int version = name.indexOf('@', 1);
        String plain = version > 0 ? name.substring(0, version) : name;
        int equals = plain.indexOf("==");
        return equals > 0 ? plain.substring(0, equals) : plain;
    }

    /// The registry that the step's action publishes to with a token it is given; empty where it
    /// does not.
    static String registryWithToken(Step step) {
        if (step.uses().isEmpty()) {
            return "";
        }
        return switch (step.uses().get().name()) {
            case "pypa/gh-action-pypi-publish" ->
                    has(step, "password") && isPypi(step) ? "PyPI" : "";
            case "rubygems/release-gem" ->
                    "false".equals(text(step, "setup-trusted-publisher")) ? "RubyGems" : "";
            case "rubygems/configure-rubygems-credentials" ->
                    has(step, "api-token") && !isElsewhere(text(step, "gem-server"))
                            ? "RubyGems"
                            : "";
            case "js-devtools/npm-publish", "pascalgn/npm-publish-action" ->
                    has(step, "token") || step.uses().get().name().startsWith("pascalgn")
                            ? "npm"
                            : "";
            case "katyo/publish-crates" -> has(step, "registry-token") ? "crates.io" : "";
            case "actions-rs/cargo" -> text(step, "command").equals("publish") ? "crates.io" : "";
            default -> "";
        };
    }

    /// Other indexes than PyPI do not know trusted publishers.
    private static boolean isPypi(Step step) {
        String url = text(step, "repository-url") + text(step, "repository_url");
        return url.isEmpty() || url.contains("pypi.org");
    }

    private static boolean has(Step step, String input) {
        return !text(step, input).isEmpty();
    }

    private static String text(Step step, String input) {
        return step.with().containsKey(input) ? step.with().get(input).content().strip() : "";
    }
}
