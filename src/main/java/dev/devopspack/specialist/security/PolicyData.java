package dev.devopspack.specialist.security;

import dev.devopspack.change.Digest;
import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataReader;
import dev.devopspack.specialist.InputReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return read(SecretsFile.class, bytes(SECRETS), SECRETS).rotate();
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
        byte[] kubernetes = bytes(KUBERNETES);
        byte[] aws = bytes(AWS);
        return new PolicyData(
                read(KubernetesFile.class, kubernetes, KUBERNETES),
                read(AwsFile.class, aws, AWS),
                Digest.of(Digest.of(kubernetes).value() + Digest.of(aws).value()));
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

    private static byte[] bytes(String file) {
        try (InputStream in = PolicyData.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // an object's plain form is a map with string keys
    private static <R extends Record> R read(Class<R> type, byte[] bytes, String file) {
        try {
            return InputReader.read(
                    type,
                    (Map<String, Object>)
                            DataReader.read(new String(bytes, StandardCharsets.UTF_8)).plain(),
                    "");
        } catch (DataException e) {
            throw new IllegalStateException(file + ", " + e.place(), e);
        }
    }
}
