package dev.devopspack.specialist.cicd.workflow;

import java.util.Map;
import java.util.regex.Pattern;

/// An action at one commit.
///
/// @param name for example `actions/checkout`
/// @param version the tag that stood at the commit, for people to read
/// @param sha 40 hexadecimal digits
/// @param inputs the inputs that a step may pass, and whether each must be passed
public record Action(String name, String version, String sha, Map<String, Boolean> inputs) {

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final Pattern VERSION = Pattern.compile("v[0-9]+(\\.[0-9]+){0,2}");
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

    public Action {
        if (!NAME.matcher(name).matches()
                || !VERSION.matcher(version).matches()
                || !SHA.matcher(sha).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not pinned to a full commit");
        }
        inputs = Map.copyOf(inputs);
    }

    /// What stands behind `uses:`.
    public String reference() {
        return name + "@" + sha;
    }
}
