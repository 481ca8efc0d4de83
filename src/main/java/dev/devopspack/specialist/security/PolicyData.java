package dev.devopspack.specialist.security;

import dev.devopspack.change.Digest;
import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.specialist.InputReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What policies are put together from, kept as data.
record PolicyData(KubernetesFile kubernetes, AwsFile aws, Digest digest) {

    private static final String KUBERNETES = "/policies/kubernetes.yaml";
    private static final String AWS = "/policies/aws.yaml";

    private static final String SECRETS = "/policies/secrets.yaml";

    private record SecretsFile(Map<String, String> rotate) {}

    /// How a secret is made anew, by its kind; `*` for all others.
    static Map<String, String> rotation() {
        return read(SecretsFile.class, SECRETS).rotate();
    }

    record KubernetesFile(List<Constraint> constraints) {}

    /// @param values the input whose texts stand for `$VALUES`, where it takes some
    /// @param deny the body of a Rego rule, a line each
    /// @param helpers Rego rules beside it
    /// @param holds a pod's specification for which `cel` is true
    record Constraint(
            String name,
            String message,
            @Nullable String values,
            String cel,
            List<String> deny,
            List<String> helpers,
            Map<String, Object> holds,
            Map<String, Object> fails) {}

    record AwsFile(List<Guardrail> guardrails, Map<String, List<String>> calls) {}

    /// @param except the actions that are left alone, where all others are denied
    /// @param from the input that the values come from, where they are not fixed
    record Guardrail(
            String name,
            String sid,
            @Nullable List<String> actions,
            @Nullable List<String> except,
            @Nullable String resource,
            @Nullable String test,
            @Nullable String key,
            @Nullable List<String> values,
            @Nullable String from) {}

    static PolicyData shipped() {
        return new PolicyData(
                read(KubernetesFile.class, KUBERNETES),
                read(AwsFile.class, AWS),
                Digest.of(digest(KUBERNETES) + digest(AWS)));
    }

    Optional<Constraint> constraint(String name) {
        return kubernetes.constraints().stream().filter(it -> it.name().equals(name)).findFirst();
    }

    List<String> constraintNames() {
        return kubernetes.constraints().stream().map(Constraint::name).toList();
    }

    Optional<Guardrail> guardrail(String name) {
        return aws.guardrails().stream().filter(it -> it.name().equals(name)).findFirst();
    }

    List<String> guardrailNames() {
        return aws.guardrails().stream().map(Guardrail::name).toList();
    }

    private static <R extends Record> R read(Class<R> type, String file) {
        return InputReader.read(type, ShippedFile.values(file), "");
    }

    private static String digest(String file) {
        return Digest.of(ShippedFile.bytes(file)).value();
    }
}
