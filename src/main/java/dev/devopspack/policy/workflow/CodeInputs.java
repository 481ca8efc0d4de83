package dev.devopspack.policy.workflow;

import java.util.Map;
import java.util.Set;

/// The inputs of actions that run what they are given as code.
final class CodeInputs {

    private static final Map<String, Set<String>> ALL =
            Map.ofEntries(
                    Map.entry("actions/github-script", Set.of("script")),
                    Map.entry("addnab/docker-run-action", Set.of("run", "options")),
                    Map.entry("amadevus/pwsh-script", Set.of("script")),
                    Map.entry("appleboy/ssh-action", Set.of("script")),
                    Map.entry("azure/cli", Set.of("inlinescript")),
                    Map.entry("azure/powershell", Set.of("inlinescript")),
                    Map.entry(
                            "cloudflare/wrangler-action",
                            Set.of("command", "precommands", "postcommands")),
                    Map.entry("devcontainers/ci", Set.of("runcmd")),
                    Map.entry("fishtown-analytics/github-script", Set.of("script")),
                    Map.entry("jannekem/run-python-script-action", Set.of("script")),
                    Map.entry("lukka/run-cmake", Set.of("configurepresetcmdstring")),
                    Map.entry("mikefarah/yq", Set.of("cmd")),
                    Map.entry("nick-fields/retry", Set.of("command", "on_retry_command")),
                    Map.entry("nick-invision/retry", Set.of("command", "on_retry_command")),
                    Map.entry(
                            "reactivecircus/android-emulator-runner",
                            Set.of("script", "pre-emulator-launch-script")),
                    Map.entry("sergeysova/jq-action", Set.of("cmd")),
                    Map.entry("vmactions/freebsd-vm", Set.of("run", "prepare")),
                    Map.entry("vmactions/openbsd-vm", Set.of("run", "prepare")),
                    Map.entry("wandalen/wretry.action", Set.of("command")));

    private CodeInputs() {}

    /// @param action owner and repository in lower case
    /// @param input in lower case
    static boolean isCode(String action, String input) {
        return ALL.getOrDefault(action, Set.of()).contains(input);
    }
}
