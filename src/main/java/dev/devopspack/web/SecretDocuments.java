package dev.devopspack.web;

import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretFile;
import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.change.Digest;
import dev.devopspack.policy.Redactor;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A request for a secret as JSON: what is asked, and where it stands. There is no member for a
/// value, in either direction.
final class SecretDocuments {

    private static final Set<String> MEMBERS =
            Set.of(
                    "operation",
                    "flow",
                    "environment",
                    "place",
                    "name",
                    "key",
                    "recipient",
                    "length",
                    "reason");

    private SecretDocuments() {}

    /// @throws InvalidInput where it says more than it may, or less than it must; it repeats no
    ///   value
    static SecretSpec spec(JsonBody body) {
        for (String member : body.json().fieldNames()) {
            if (!MEMBERS.contains(member)) {
                throw new InvalidInput(
                        "body",
                        "it has a member that a request for a secret does not have",
                        "Send some of: "
                                + String.join(", ", MEMBERS.stream().sorted().toList())
                                + ". A value is never sent here: a person types it on the page, or"
                                + " it is made where nobody sees it.");
            }
        }
        Environment environment = new Environment(body.text("environment"));
        String key = body.optionalText("key");
        return new SecretSpec(
                SecretOperation.of(
                        Objects.requireNonNullElse(body.optionalText("operation"), "create")),
                SecretFlow.of(body.text("flow")),
                new SecretName(
                        environment,
                        body.text("place"),
                        body.text("name"),
                        key == null ? SecretName.USUAL_KEY : key),
                body.optionalText("recipient"),
                length(body));
    }

    private static int length(JsonBody body) {
        Object length = body.json().getValue("length");
        if (length == null) {
            return SecretSpec.USUAL_LENGTH;
        }
        if (length instanceof Integer number) {
            return number;
        }
        throw new InvalidInput(
                "/length", "it is no whole number", "Send a number, or leave it out.");
    }

    /// @throws InvalidInput where a secret stands in it: a reason is kept and shown
    static String reason(JsonBody body) {
        String reason = body.text("reason");
        if (Redactor.redact(reason).removed() > 0) {
            throw new InvalidInput(
                    "/reason",
                    "it holds what looks like a secret",
                    "Say what the secret is for, not what it is. If it was a real one, change it"
                            + " now.");
        }
        return reason;
    }

    /// @param counted how many of its approvals count
    /// @param page of the request
    /// @param files that it came to; empty until it is done
    static JsonObject document(
            AskedSecret asked, int counted, Instant now, String page, List<SecretFile> files) {
        SecretRequest request = asked.request();
        SecretSpec spec = request.spec();
        JsonObject document =
                new JsonObject()
                        .put("id", request.id().value())
                        .put("secret", spec.secret().reference())
                        .put("version", request.version())
                        .put("operation", spec.operation().word())
                        .put("flow", spec.flow().word())
                        .put("status", asked.statusAt(now).name())
                        .put("approvals", counted)
                        .put("quorum", request.quorum())
                        .put("decideBy", request.decideBy().toString())
                        .put("page", page);
        if (spec.recipient() != null) {
            document.put(
                    "recipient",
                    new JsonObject()
                            .put("name", spec.recipient())
                            .put("fingerprint", request.fingerprint()));
        }
        if (!asked.note().isEmpty()) {
            document.put("note", asked.note());
        }
        JsonArray listed = new JsonArray();
        files.forEach(file ->
                listed.add(
                        new JsonObject()
                                .put("name", file.name())
                                .put("sha256", Digest.of(file.text()).hex())
                                .put(
                                        "path",
                                        "/api/v1/secrets/"
                                                + request.id()
                                                + "/files/"
                                                + file.name())));
        return document.put("files", listed).put("next", asked.next(now));
    }
}
