package dev.devopspack.web;

import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/// What goes to and fro when a form is signed with a passkey: the text to read with the challenge,
/// then the signature with the digest of what was displayed. See `assets/acts.js`.
final class SignedForms {

    private SignedForms() {}

    /// @throws Conflict where it was refused
    static String toSign(Prepared prepared) {
        return switch (prepared) {
            case Prepared.Ready ready ->
                    new JsonObject()
                            .put("options", new JsonObject(ready.options()))
                            .put("text", ready.shown())
                            .encode();
            case Prepared.Refused refused -> throw Conflict.of(refused.refusal());
        };
    }

    /// @throws InvalidInput where the body holds none
    static Signature signature(String body) {
        JsonBody json = JsonBody.of(body);
        return new Signature(json.object("credential"), new Digest(json.text("displayedDigest")));
    }

    /// @param answer what the browser gets of what was done
    /// @throws Conflict where it was refused
    static <T> String answer(Result<T> result, Function<T, JsonObject> answer) {
        return switch (result) {
            case Result.Done<T> done -> answer.apply(done.value()).encode();
            case Result.Refused<T> refused -> throw Conflict.of(refused.refusal());
        };
    }

    /// The last day on which something counts.
    static LocalDate until(JsonBody json) {
        try {
            return LocalDate.parse(json.text("until"));
        } catch (DateTimeParseException e) {
            throw new InvalidInput("/until", "this is no day", "Write it as 2026-12-31.");
        }
    }
}
