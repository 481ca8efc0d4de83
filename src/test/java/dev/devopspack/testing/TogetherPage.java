package dev.devopspack.testing;

import dev.devopspack.change.Digest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// What the page sends on which a person approves several requests with one signature.
public final class TogetherPage {

    public static final String PATH = "/together";

    private TogetherPage() {}

    /// One of the requests, with the change set on whose page the same text stands.
    public record Chosen(String changeSet, String approval) {}

    /// Reads all of them, asks for the one challenge, and signs it.
    public static Response approved(PersonAtBrowser who, List<Chosen> chosen) {
        return who.postJson(PATH, honest(who, chosen));
    }

    /// The body of an honest answer: one signature, and of each the text that was shown.
    public static JsonObject honest(PersonAtBrowser who, List<Chosen> chosen) {
        return answer(
                who.signature(options(who, chosen), how -> how),
                chosen.stream().map(one -> said(one, shown(who, one))).toList());
    }

    /// The question for the challenge.
    public static Response options(PersonAtBrowser who, List<Chosen> chosen) {
        JsonArray requests = new JsonArray();
        chosen.forEach(one -> requests.add(new JsonObject().put("request", one.approval())));
        return who.prepare(PATH, new JsonObject().put("requests", requests));
    }

    public static Digest shown(PersonAtBrowser who, Chosen one) {
        return Digest.of(who.shownText(one.changeSet()));
    }

    /// What the browser says of one of them.
    public static JsonObject said(Chosen one, Digest displayed) {
        return new JsonObject()
                .put("request", one.approval())
                .put("displayedDigest", displayed.value());
    }

    public static JsonObject answer(JsonObject signature, List<JsonObject> said) {
        return new JsonObject().put("requests", new JsonArray(said)).put("credential", signature);
    }
}
