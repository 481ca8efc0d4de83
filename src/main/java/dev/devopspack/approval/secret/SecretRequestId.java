package dev.devopspack.approval.secret;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The handle of a request: `sr-` and 26 random characters.
public record SecretRequestId(String value) {

    static final int RANDOM_LENGTH = 26;

    private static final Pattern SHAPE = Pattern.compile("sr-[a-z2-7]{26}");

    public SecretRequestId {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidInput(
                    "secret_request",
                    "this is no request's id",
                    "Use the id from the answer that opened it: sr- and 26 characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
