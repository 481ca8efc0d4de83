package dev.devopspack.specialist.security;

import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `secret_request`: asks people for a secret by name. It has no value, gets none and gives none.
final class SecretRequesting implements Capability<SecretInput> {

    @Override
    public String name() {
        return "secret_request";
    }

    @Override
    public String description() {
        return "Asks people to create, rotate or revoke a secret. Answers a reference, and files in"
                + " which no value can be read; never the value.";
    }

    @Override
    public Class<SecretInput> inputType() {
        return SecretInput.class;
    }

    /// The approval is one of its own: people of that environment approve the secret itself.
    @Override
    public boolean targetsEnvironment() {
        return true;
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("flow", "cluster");
        example.put("place", "payments");
        example.put("name", "database");
        example.put("reason", "the payments service connects to its database");
        return example;
    }

    @Override
    public Outcome perform(SecretInput input, Work work) {
        if (input.request() != null) {
            return new Outcome.SecretLookedUp(new SecretRequestId(input.request()));
        }
        // Where nobody says where it goes, the strictest answer holds.
        Environment environment =
                Objects.requireNonNullElse(work.environment(), Environment.PRODUCTION);
        SecretSpec spec =
                new SecretSpec(
                        Objects.requireNonNullElse(input.operation(), SecretOperation.CREATE),
                        given("flow", input.flow()),
                        new SecretName(
                                environment,
                                given("place", input.place()),
                                given("name", input.name()),
                                Objects.requireNonNullElse(input.key(), SecretName.USUAL_KEY)),
                        input.recipient(),
                        Objects.requireNonNullElse(input.length(), SecretSpec.USUAL_LENGTH));
        return new Outcome.SecretAsked(spec, given("reason", input.reason()));
    }

    private static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(
                    "/" + field,
                    "it is missing",
                    "Say the flow ("
                            + SecretFlow.CLUSTER.word()
                            + ", store, sealed or typed), the place, the name and the reason.");
        }
        return value;
    }
}
