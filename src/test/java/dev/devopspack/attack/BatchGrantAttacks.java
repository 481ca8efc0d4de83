package dev.devopspack.attack;

import dev.devopspack.approval.SigningKeys;
import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.attack.Releases.Waiting;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.testing.PersonAtBrowser;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// At the permissions that come of one signature over several requests, by somebody who has the
/// server's own key and wants another permission than the person signed.
final class BatchGrantAttacks {

    private static final String FAMILY = "permissions of one signature";
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final String TYPE = "application/vnd.in-toto+json";

    private final Releases releases;
    private final PersonAtBrowser approver;
    private final SigningKeys keys;
    private final List<Attack> attacks = new ArrayList<>();

    /// What all forgeries start from, once it is made.
    private final List<Signed> signed = new ArrayList<>();

    /// @param approver who decides several honestly
    /// @param keys the server's
    BatchGrantAttacks(Releases releases, PersonAtBrowser approver, SigningKeys keys) {
        this.releases = releases;
        this.approver = approver;
        this.keys = keys;
    }

    List<Attack> all() {
        add(
                "the place of another of those signed together",
                (own, others) -> batch(own).mergeIn(place(others.getFirst())));
        add(
                "the place beside it with the same way to the root",
                (own, _) -> batch(own).put("index", 1));
        add(
                "the root of another signature",
                (own, others) -> batch(own).put("root", batch(others.getLast()).getString("root")));
        add(
                "the whole place in another signature",
                (own, others) -> batch(own).clear().mergeIn(batch(others.getLast()).copy()));
        add(
                "the signed text of another of those signed together",
                (own, others) -> decision(own).clear().mergeIn(decision(others.getFirst()).copy()));
        add(
                "the signed text of another at its own place",
                (own, others) ->
                        decision(own)
                                .put(
                                        "challenge",
                                        decision(others.getFirst()).getString("challenge")));
        add(
                "the signature of another signature",
                (own, others) ->
                        decision(own)
                                .put(
                                        "signature",
                                        decision(others.getLast()).getString("signature")));
        add("a shorter way to the root", (own, _) -> batch(own).put("path", new JsonArray()));
        add(
                "a longer way to the root",
                (own, _) -> batch(own).getJsonArray("path").add(Digest.of("one more").value()));
        // Its way is the node above the first two: what leads to the root in a tree of two.
        add(
                "a node of the tree in the place of a leaf, in a smaller tree",
                (own, _) -> batch(own).put("size", 2).put("index", 1));
        add(
                "a place left out, as if signed alone",
                (own, _) -> {
                    decision(own).remove("batch");
                    own.put("predicateType", "https://devopspack.dev/grant/v3");
                });
        add(
                "the name of the version before",
                (own, _) -> own.put("predicateType", "https://devopspack.dev/grant/v3"));
        add(
                "no proof of the log",
                (own, _) -> {
                    decision(own).getJsonObject("log").remove("leaf");
                    decision(own).getJsonObject("log").remove("inclusion");
                });
        add(
                "the entry of the log of another of those signed together",
                (own, others) ->
                        decision(own)
                                .put(
                                        "log",
                                        decision(others.getFirst()).getJsonObject("log").copy()));
        return attacks;
    }

    private static JsonObject place(JsonObject statement) {
        JsonObject batch = batch(statement);
        return new JsonObject()
                .put("index", batch.getInteger("index"))
                .put("path", batch.getJsonArray("path").copy());
    }

    private static JsonObject decision(JsonObject statement) {
        return statement.getJsonObject("predicate").getJsonArray("decisions").getJsonObject(0);
    }

    private static JsonObject batch(JsonObject statement) {
        return decision(statement).getJsonObject("batch");
    }

    /// Changes a grant's statement.
    @FunctionalInterface
    private interface Forgery {

        /// @param own the statement of the last of three that were signed together, to be changed
        /// @param others of the two before it, and of one that was signed with another, last
        void change(JsonObject own, List<JsonObject> others);
    }

    private void add(String name, Forgery forgery) {
        attacks.add(
                new Attack(FAMILY, name, () -> verified(forgery), () -> verified((_, _) -> {})));
    }

    private record Signed(Waiting request, JsonObject statement) {}

    private Answer verified(Forgery forgery) throws Exception {
        if (signed.isEmpty()) {
            signed.addAll(signed(3));
            signed.addAll(signed(2));
        }
        JsonObject own = signed.get(2).statement().copy();
        forgery.change(
                own, Stream.of(0, 1, 3).map(each -> signed.get(each).statement().copy()).toList());
        return releases.verified(envelope(own), signed.get(2).request());
    }

    /// In the order in which they stand in the tree.
    private List<Signed> signed(int count) throws Exception {
        List<Waiting> together = releases.waiting(count);
        Response approved = BatchAttacks.decided(approver, together);
        if (approved.statusCode() != 200) {
            throw new AssertionError(approved.asString());
        }
        List<Signed> made = new ArrayList<>();
        for (Waiting each : together) {
            made.add(new Signed(each, statement(each)));
        }
        made.sort(Comparator.comparing(each -> batch(each.statement()).getInteger("index")));
        return made;
    }

    private JsonObject statement(Waiting approved) throws Exception {
        return new JsonObject(
                new String(
                        new JsonObject(releases.grant(approved)).getBinary("payload"),
                        StandardCharsets.UTF_8));
    }

    /// Signed with the server's key, as the server signs what it issues.
    private String envelope(JsonObject statement) {
        String payload =
                Canonical.text(StrictJson.object("grant", statement.encode(), MAX_CHARACTERS));
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        String head = "DSSEv1 " + TYPE.length() + " " + TYPE + " " + bytes.length + " ";
        SigningKeys.Signed signed = keys.sign((head + payload).getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return new JsonObject()
                .put("payloadType", TYPE)
                .put("payload", base64.encodeToString(bytes))
                .put(
                        "signatures",
                        new JsonArray()
                                .add(
                                        new JsonObject()
                                                .put("keyid", signed.keyId())
                                                .put(
                                                        "sig",
                                                        base64.encodeToString(signed.signature()))))
                .encode();
    }
}
