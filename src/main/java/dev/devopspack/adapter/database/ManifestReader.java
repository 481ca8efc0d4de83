package dev.devopspack.adapter.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.change.Target;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rebuilds a manifest from its canonical JSON and the files beside it. Whoever uses it compares
/// the digest of what comes out with the stored one.
final class ManifestReader {

    private ManifestReader() {}

    static Manifest read(String manifest, @Nullable String maskedPlan, Artifacts artifacts) {
        JsonNode document = StoredJson.read(manifest);
        String format = StoredJson.text(document, "format");
        if (!format.equals(Manifest.FORMAT)) {
            throw new IllegalStateException("a stored manifest is of format " + format);
        }
        JsonNode target = document.required("target");
        String environment = StoredJson.optionalText(target, "environment");
        return new Manifest(
                origin(document.required("origin")),
                artifacts,
                plan(document.get("plan"), maskedPlan),
                new Target(
                        environment == null ? null : new Environment(environment),
                        new StackName(StoredJson.text(target, "stack")),
                        StoredJson.optionalText(target, "repository"),
                        StoredJson.optionalText(target, "commit")),
                gates(document.required("requiredGates")),
                secrets(document.required("secrets")),
                requester(document.required("requester")),
                new Digest(StoredJson.text(document, "policy")));
    }

    private static Origin origin(JsonNode origin) {
        String kind = StoredJson.text(origin, "kind");
        return switch (kind) {
            case "submitted" -> new Origin.Submitted();
            case "generated" ->
                    new Origin.Generated(
                            StoredJson.text(origin, "agent"),
                            StoredJson.text(origin, "capability"),
                            new Digest(StoredJson.text(origin, "catalogue")),
                            StoredJson.optionalText(origin, "inputWrittenBy"));
            default -> throw new IllegalStateException("'" + kind + "' is no origin of files");
        };
    }

    private static @Nullable GivenPlan plan(@Nullable JsonNode plan, @Nullable String maskedJson) {
        if (plan == null) {
            return null;
        }
        String file = StoredJson.optionalText(plan, "fileSha256");
        return new GivenPlan(
                file == null ? null : new Digest("sha256:" + file),
                new Digest(StoredJson.text(plan, "semanticDigest")),
                StoredJson.text(plan, "source").equals("derived")
                        ? GivenPlan.Source.DERIVED
                        : GivenPlan.Source.AS_SUBMITTED,
                maskedJson == null ? "{}" : maskedJson);
    }

    private static Set<GateId> gates(JsonNode gates) {
        return StoredJson.list(gates, gate -> GateId.find(gate.asText()).orElseThrow()).stream()
                .collect(Collectors.toSet());
    }

    private static List<SecretReference> secrets(JsonNode secrets) {
        return StoredJson.list(
                secrets,
                secret ->
                        new SecretReference(
                                StoredJson.text(secret, "name"), StoredJson.text(secret, "kind")));
    }

    private static Requester requester(JsonNode requester) {
        return new Requester(
                StoredJson.text(requester, "principal"),
                StoredJson.optionalText(requester, "person"));
    }
}
