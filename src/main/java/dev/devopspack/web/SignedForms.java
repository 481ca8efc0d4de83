package dev.devopspack.web;

import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.change.Digest;
import io.vertx.core.json.JsonObject;

/// What goes to and fro when a form is signed with a passkey: the text to read with the challenge,
/// then the signature with the digest of what was displayed. See `assets/acts.js`.
final class SignedForms {

    private SignedForms() {}

    /// @throws Conflict where it was refused
    static String answer(Prepared prepared) {
        return switch (prepared) {
            case Prepared.Ready ready ->
                    new JsonObject()
                            .put("options", new JsonObject(ready.options()))
                            .put("text", ready.shown())
                            .encode();
            case Prepared.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    static String credential(JsonBody body) {
        return body.object("credential");
    }

    static Digest displayed(JsonBody body) {
        return new Digest(body.text("displayedDigest"));
    }
}
