package dev.devopspack.specialist.incident;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The name of an object of Kubernetes: lower-case letters, digits, `-` and `.`.
public record KubernetesName(String value) {

    /// RFC 1123, as the API server checks names of workloads, secrets and nodes.
    private static final Pattern SHAPE =
            Pattern.compile(
                    "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?){0,3}");

    public KubernetesName {
        if (!fits(value)) {
            throw new InvalidInput(
                    "name",
                    "this is no name of a Kubernetes object",
                    "Use 1 to 63 lower-case letters, digits or '-', for example payments.");
        }
    }

    static boolean fits(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
