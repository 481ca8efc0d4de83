package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.ActionTable;
import dev.devopspack.specialist.cicd.workflow.Step;
import dev.devopspack.specialist.cicd.workflow.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/// Steps that many jobs share: actions by name, at the commits of the table.
record Toolbox(ActionTable actions) {

    /// @param with pairs of input and value
    Step use(String name, String action, Object... with) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        for (int i = 0; i < with.length; i += 2) {
            inputs.put((String) with[i], value(with[i + 1]));
        }
        return Step.use(name, actions.get(action), inputs);
    }

    private static Value value(Object given) {
        return switch (given) {
            case Value value -> value;
            case Boolean flag -> new Value.Flag(flag);
            case Integer whole -> new Value.Whole(whole);
            default -> Value.text((String) given);
        };
    }

    /// The files, without leaving the job's token in them.
    Step checkout() {
        return use("Check out", "actions/checkout", "persist-credentials", false);
    }

    /// The files with all commits before them: who wrote those since the last release is looked up.
    Step checkoutWithHistory() {
        return use("Check out", "actions/checkout", "fetch-depth", 0, "persist-credentials", false);
    }

    /// Builds images as the registry's clients expect them, with nothing kept from other runs.
    Step buildx() {
        return use(
                "Set up Buildx",
                "docker/setup-buildx-action",
                "version",
                version("buildx"),
                "driver-opts",
                "image=" + version("buildkit"),
                "cache-binary",
                false);
    }

    /// The version of a tool that a job fetches: what the newest one is is no job's own choice.
    String version(String tool) {
        return actions.version(tool);
    }
}
